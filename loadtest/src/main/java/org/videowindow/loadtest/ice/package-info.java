/** A browser's side of ICE: STUN messages (RFC 8489) and connectivity checks (RFC 8445). */
package org.videowindow.loadtest.ice;
