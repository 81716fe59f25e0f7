/** A TURN client (RFC 8656) for checks of a TURN server: blocking, with deadlines, plain JDK. */
package org.videowindow.launcher.turn;
