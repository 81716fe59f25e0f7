/** AES-GCM SRTP (RFC 7714) by the JDK. */
package org.videowindow.loadtest.srtp;
