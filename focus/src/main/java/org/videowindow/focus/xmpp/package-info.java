/** The link to the shard: connection, requests and answers, and what every XMPP entity has to answer. */
package org.videowindow.focus.xmpp;
