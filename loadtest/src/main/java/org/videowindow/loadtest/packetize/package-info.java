/** Encoded frames into RTP payloads, a file per codec. */
package org.videowindow.loadtest.packetize;
