package org.videowindow.bridge.conference;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * How long the first packets of a fresh process take from one client through the bridge to another. With the argument
 * {@code cold} the bridge does not rehearse.
 */
public final class FirstPackets {
    private static final int PACKETS = 300;

    private FirstPackets() {}

    public static void main(String[] arguments) throws Exception {
        boolean cold = List.of(arguments).contains("cold");
        SecureRandom random = new SecureRandom();
        if (!cold) {
            long begin = System.nanoTime();
            int forwarded = Rehearsal.run(BridgeSettings.defaults());
            System.out.printf("rehearsal: %d packets in %d ms%n", forwarded, (System.nanoTime() - begin) / 1_000_000);
        }
        BridgeSettings defaults = BridgeSettings.defaults();
        BridgeSettings settings = new BridgeSettings(
                defaults.ioPath(),
                defaults.bindAddress(),
                0,
                1,
                List.of(),
                BridgeLimits.DEFAULTS,
                BridgeTimes.DEFAULTS);
        try (Bridge bridge = Bridge.start(settings, ChannelEvents.NONE, random, System::nanoTime)) {
            Conference conference = bridge.conferences().create("meeting-1", "room@conference.example");
            EndpointTransport first = conference.addEndpoint("aaaa1111", Offers.standard());
            EndpointTransport second = conference.addEndpoint("bbbb2222", Offers.standard());
            try (LoopbackClient alice = new LoopbackClient("aaaa1111", first, random);
                    LoopbackClient bob = new LoopbackClient("bbbb2222", second, random)) {
                conference.setRemoteTransport("aaaa1111", alice.signalled());
                conference.setSources("aaaa1111", Offers.camera("aaaa1111", 1000));
                conference.setRemoteTransport("bbbb2222", bob.signalled());
                alice.connect();
                bob.connect();
                long[] micros = new long[PACKETS];
                byte[] sound = new byte[100];
                for (int i = 0; i < PACKETS; i++) {
                    byte[] packet = MediaPackets.rtp(MediaKind.AUDIO, Offers.OPUS, 1000, i + 1, i * 960, i, sound);
                    long begin = System.nanoTime();
                    alice.sendRtp(packet);
                    bob.receiveRtp(1_000);
                    micros[i] = (System.nanoTime() - begin) / 1_000;
                }
                System.out.printf("%s: first %d us, ", cold ? "cold" : "rehearsed", micros[0]);
                for (int part : new int[] {20, 100, PACKETS}) {
                    long[] some = Arrays.copyOf(micros, part);
                    Arrays.sort(some);
                    System.out.printf("first %d: median %d us, worst %d us; ", part, some[part / 2], some[part - 1]);
                }
                System.out.println();
            }
        }
    }
}
