/** Taking part in a meeting through the whole stack, as a browser does: portal, XMPP over WebSocket, Jingle, media. */
package org.videowindow.loadtest.meeting;
