package org.videowindow.bridge.colibri.xmpp;

import org.jivesoftware.smack.packet.ExtensionElement;

/** What a shard's link asks of the bridge. Any thread. */
public interface BridgeControl {
    /** Element for the presence: load and counts as of now. */
    ExtensionElement statistics();

    /** Whether the bridge could serve a call. */
    boolean isHealthy();

    /** Take no new conferences and stop once the last is gone. Must return at once. */
    void stopGracefully();

    /** Stop now. Must return at once. */
    void stopNow();
}
