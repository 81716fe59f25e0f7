package org.videowindow.bridge.config;

import java.time.Duration;
import java.util.List;

/**
 * How the bridge reaches its shards.
 *
 * @param shards the servers; may be none
 * @param presenceInterval how often load is told
 * @param reconnectFirst wait before the first attempt to reconnect
 * @param reconnectLongest longest wait between attempts
 */
public record XmppSettings(
        List<ShardSettings> shards, Duration presenceInterval, Duration reconnectFirst, Duration reconnectLongest) {
    public XmppSettings {
        shards = List.copyOf(shards);
    }
}
