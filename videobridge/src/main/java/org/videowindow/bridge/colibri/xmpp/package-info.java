/** COLIBRI2 over XMPP: the bridge as a member of the brewery rooms of its shards. */
package org.videowindow.bridge.colibri.xmpp;
