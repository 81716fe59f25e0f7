/**
 * The answering side of DTLS 1.2 (RFC 6347) for SRTP keys (RFC 5764). Handshakes are control, not media: each runs on a
 * virtual thread of its own, fed by a bounded queue with the records that came from addresses ICE has validated.
 */
package org.videowindow.bridge.dtls;
