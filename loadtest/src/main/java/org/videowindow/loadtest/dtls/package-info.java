/** A browser's side of DTLS-SRTP (RFC 5764). */
package org.videowindow.loadtest.dtls;
