package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.videowindow.bridge.io.IoPath;

/** Who waits for the end of the last conference is told by it. */
@Timeout(60)
class LastConferenceTest {
    private static final ChannelEvents DEAF = new ChannelEvents() {
        @Override
        public void dominantSpeakerChanged(Conference conference, SpeakerOrder order) {}

        @Override
        public void forwardedSourcesChanged(Conference conference, String endpointId, List<String> sources) {}

        @Override
        public void connectivityChanged(Conference conference, String endpointId, boolean active) {}

        @Override
        public void endpointExpired(Conference conference, String endpointId) {}

        @Override
        public void conferenceExpired(Conference conference) {}
    };

    @Test
    void theLastConferenceTellsThatItWasTheLast() throws Exception {
        BridgeSettings settings = new BridgeSettings(
                IoPath.CHANNEL,
                InetAddress.getLoopbackAddress(),
                0,
                1,
                List.of(),
                BridgeLimits.DEFAULTS,
                BridgeTimes.DEFAULTS);
        try (Bridge bridge = Bridge.start(settings, DEAF, new SecureRandom(), System::nanoTime)) {
            Conference first = bridge.conferences().create("first", null);
            Conference second = bridge.conferences().create("second", null);
            CountDownLatch empty = new CountDownLatch(1);
            bridge.conferences().whenEmpty(empty::countDown);
            first.expire();
            assertThat(empty.getCount()).isEqualTo(1);
            second.expire();
            assertThat(empty.await(30, TimeUnit.SECONDS)).isTrue();

            CountDownLatch atOnce = new CountDownLatch(1);
            bridge.conferences().whenEmpty(atOnce::countDown);
            assertThat(atOnce.getCount()).isZero();
        }
    }
}
