package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/** What a forwarded packet leaves to the garbage collector. */
class ForwardingAllocationTest {
    private static final int RECEIVERS = 5;
    private static final int WARM_UP = 30_000;
    private static final int MEASURED = 20_000;

    /** What is not compiled yet makes objects that compiled code does not: on a busy machine that takes its time. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** Timers (one in a hundred packets here) and the measurement itself may allocate a little. */
    private static final double ALLOWED = 1;

    /** The JDK's part is measured alone and subtracted, which is not exact. */
    private static final double ALLOWED_BESIDES_THE_JDK = 17;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long now = 1_000_000_000L;
    private SealedRoom room;
    private int sequence;

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void forwardingAllocatesNothingBesidesTheJdksCipher(CryptoProvider provider) throws Exception {
        room = SealedRoom.open(provider, 1 + RECEIVERS, (port, memory, offset, length) -> {}, now);
        // Nobody is to be sent less because little is known of the way.
        for (int i = 0; i <= RECEIVERS; i++) {
            byte[] estimate = LabClient.estimate(1 + i, 50_000_000);
            byte[] sealed = new byte[estimate.length + 64];
            int length = new SrtpSender(SealedRoom.PROFILE, new byte[16], new byte[12])
                    .protectRtcp(estimate, 0, estimate.length, sealed, 0);
            room.handle(sealed, length, SealedRoom.FIRST_PORT + i, now);
        }
        room.begin(now);
        // What receivers estimate themselves counts when transport-wide feedback has not come for a second.
        now += 1_100_000_000L;
        room.tick(now);

        SrtpSender sender = new SrtpSender(SealedRoom.PROFILE, new byte[16], new byte[12]);
        byte[] payload = MediaPackets.vp8(false, true, 300);
        feed(sealed(sender, MediaPackets.vp8(true, true, 1_100), 1));
        feed(sealed(sender, payload, WARM_UP));
        Measured best = null;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (best == null || (!best.isEnough() && System.nanoTime() - end < 0)) {
            Measured measured = measure(provider, sealed(sender, payload, MEASURED));
            best = best == null || measured.ownBytes() < best.ownBytes() ? measured : best;
        }
        System.out.printf(
                "per forwarded packet with %s: %.2f bytes allocated besides %d of the JDK's cipher, %d ns%n",
                provider.key(), best.ownBytes(), best.cipherBytes, best.nanos);
        assertThat(best.isEnough()).isTrue();
    }

    /** Bytes and time per forwarded packet. */
    private record Measured(double bytes, long cipherBytes, long nanos, double allowed) {
        double ownBytes() {
            return bytes - cipherBytes;
        }

        boolean isEnough() {
            return ownBytes() <= allowed;
        }
    }

    private Measured measure(CryptoProvider provider, List<byte[]> packets) {
        final long forwardedBefore = room.count(Counter.RTP_FORWARDED);
        final long bytesBefore = allocated();
        final long timeBefore = System.nanoTime();
        feed(packets);
        final long took = System.nanoTime() - timeBefore;
        final long bytes = allocated() - bytesBefore;
        long forwarded = room.count(Counter.RTP_FORWARDED) - forwardedBefore;
        assertThat(forwarded).isEqualTo((long) packets.size() * RECEIVERS);
        boolean java = provider == CryptoProvider.JAVA;
        long cipher = java
                ? packets.size() * cipherAllocation(packets, true) + forwarded * cipherAllocation(packets, false)
                : 0;
        return new Measured(
                bytes / (double) forwarded,
                cipher / forwarded,
                took / forwarded,
                java ? ALLOWED_BESIDES_THE_JDK : ALLOWED);
    }

    /** The camera's next packets, as its client seals them. */
    private List<byte[]> sealed(SrtpSender sender, byte[] payload, int count) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++, sequence++) {
            byte[] packet = MediaPackets.rtp(
                    MediaKind.VIDEO, Offers.VP8, 1_001, sequence & 0xffff, sequence * 90, sequence, payload);
            byte[] sealed = new byte[packet.length + 16];
            sender.protect(packet, 0, packet.length, sealed, 0);
            packets.add(sealed);
        }
        return packets;
    }

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    /** What the JDK's AES-GCM leaves for one packet, alone: it builds its tables anew for every nonce. */
    private long cipherAllocation(List<byte[]> sealed, boolean open) {
        byte[] out = new byte[2_000];
        SrtpReceiver receiver = new SrtpReceiver(SealedRoom.PROFILE, new byte[16], new byte[12]);
        SrtpSender sender = new SrtpSender(SealedRoom.PROFILE, new byte[16], new byte[12]);
        long before = allocated();
        for (int i = 0; i < sealed.size(); i++) {
            byte[] packet = sealed.get(i);
            if (open) {
                receiver.unprotect(packet, 0, packet.length, out, 0);
            } else {
                sender.protect(packet, 0, packet.length - 16, out, 0);
            }
        }
        return (allocated() - before) / sealed.size();
    }

    /** A packet every 0.1 ms, with the timers that fall due. */
    private void feed(List<byte[]> packets) {
        for (int i = 0; i < packets.size(); i++) {
            now += 100_000L;
            byte[] packet = packets.get(i);
            room.handle(packet, packet.length, SealedRoom.FIRST_PORT, now);
            room.tick(now);
        }
    }
}
