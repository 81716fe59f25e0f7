package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a stream over TCP reaches the peer (RFC 6120, 4.4). */
class StreamEndIT {
    private final ShardProcess shard = ShardProcess.get();

    @Test
    void closingTagIsNotLost() throws Exception {
        SmackFocus bridge = SmackFocus.bridge(shard, "bridge-7");
        long began = System.nanoTime();
        // Smack waits for the server's closing tag up to its reply timeout.
        bridge.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(Duration.ofMillis(SmackFocus.REPLY_MILLIS / 2));
    }
}
