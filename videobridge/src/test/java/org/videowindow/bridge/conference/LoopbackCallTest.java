package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.videowindow.bridge.io.IoPath;

/** Calls through a running bridge: real sockets, real handshakes, on every I/O path this machine has. */
class LoopbackCallTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static BridgeSettings settings(IoPath path) {
        return new BridgeSettings(
                path, InetAddress.getLoopbackAddress(), 0, 1, List.of(), BridgeLimits.DEFAULTS, BridgeTimes.DEFAULTS);
    }

    @ParameterizedTest
    @EnumSource(names = {"LINUX", "CHANNEL"})
    void twoClientsHearAndSeeEachOther(IoPath path) throws Exception {
        assumeThat(path != IoPath.LINUX || System.getProperty("os.name").equals("Linux"))
                .isTrue();
        try (Bridge bridge = Bridge.start(settings(path), ChannelEvents.NONE, RANDOM, System::nanoTime)) {
            Conference conference = bridge.conferences().create("meeting-1", "room@conference.example");
            EndpointTransport first = conference.addEndpoint("aaaa1111", Offers.standard());
            EndpointTransport second = conference.addEndpoint("bbbb2222", Offers.standard());
            try (LoopbackClient alice = new LoopbackClient("aaaa1111", first, RANDOM);
                    LoopbackClient bob = new LoopbackClient("bbbb2222", second, RANDOM)) {
                conference.setRemoteTransport("aaaa1111", alice.signalled());
                conference.setSources("aaaa1111", Offers.camera("aaaa1111", 1000));
                conference.setRemoteTransport("bbbb2222", bob.signalled());
                conference.setSources("bbbb2222", Offers.camera("bbbb2222", 2000));
                long before = System.nanoTime();
                alice.connect();
                long took = System.nanoTime() - before;
                System.out.println("connected over " + bridge.dataPath() + " in " + took / 1_000_000.0 + " ms");
                bob.connect();

                byte[] sound = {1, 2, 3, 4, 5, 6, 7, 8};
                byte[] received = null;
                for (int sequence = 1; received == null && sequence < 100; sequence++) {
                    alice.sendRtp(MediaPackets.rtp(
                            MediaKind.AUDIO, Offers.OPUS, 1000, sequence, sequence * 960, sequence, sound));
                    received = bob.receiveRtp(50);
                }
                assertThat(received).endsWith(sound);
                byte[] picture = MediaPackets.vp8(true, true, 1000);
                bob.sendRtp(MediaPackets.rtp(MediaKind.VIDEO, Offers.VP8, 2001, 7, 3000, 1, picture));
                assertThat(alice.receiveRtp(5_000)).containsSubsequence(picture);

                ConferenceSnapshot snapshot = conference.snapshot();
                assertThat(snapshot.endpoints())
                        .extracting(ConferenceSnapshot.Endpoint::dtls)
                        .containsOnly(ConferenceSnapshot.DtlsState.CONNECTED);
                assertThat(bridge.total(Counter.DTLS_COMPLETED)).isEqualTo(2);
                assertThat(bridge.isHealthy()).isTrue();
            }
        }
    }
}
