/**
 * RTP packets (RFC 3550) as views over byte arrays: header, header extensions (RFC 8285), retransmission format
 * (RFC 4588), sequence numbers that wrap.
 *
 * <p>A view checks a packet once, when it is wrapped; its accessors then trust it. Parsing never throws on hostile
 * bytes: it answers "not this". Nothing here allocates.
 */
package org.videowindow.bridge.rtp;
