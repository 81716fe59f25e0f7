/** Who speaks, from audio levels (RFC 6464). */
package org.videowindow.bridge.speaker;
