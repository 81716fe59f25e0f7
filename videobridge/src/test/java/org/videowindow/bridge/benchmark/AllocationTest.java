package org.videowindow.bridge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.codec.Vp8;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.io.LinuxUdpSocket;
import org.videowindow.bridge.io.PeerAddress;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.ReceiveBatch;
import org.videowindow.bridge.io.TransmitArena;
import org.videowindow.bridge.io.UdpSocket;
import org.videowindow.bridge.io.UdpSocketOptions;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtp.Packets;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;
import org.videowindow.bridge.speaker.DominantSpeaker;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.PacketCiphers;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;
import org.videowindow.bridge.srtp.SrtpStatus;

/** What the packet path allocates once it runs: nothing of ours; the JDK's AES-GCM, where no native library is, a bounded amount. */
class AllocationTest {
    private static final int PACKETS = 5_000;

    /** Bytes per step that are measurement and warm-up; the smallest object has 16. */
    private static final double NOTHING = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] sealed = new byte[2048];
    private final byte[] scratch = new byte[2048];
    private final Random random = new Random(1);

    private interface Step {
        void run(int number) throws IOException;
    }

    /**
     * Bytes allocated per step once the compiler has done its work: the least of tries that go on until it is enough, or
     * for twenty seconds. What is not compiled yet makes objects that compiled code does not.
     */
    private static double bytesPerStep(Step step, double enough) throws IOException {
        int number = 0;
        double least = Double.MAX_VALUE;
        long deadline = System.nanoTime() + 20_000_000_000L;
        for (int attempt = 0; attempt < 6 || (least >= enough && System.nanoTime() < deadline); attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PACKETS; i++) {
                step.run(number++);
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) PACKETS);
        }
        return least;
    }

    /** Seals and opens a packet per step, from one array to another as the bridge does. */
    private Step roundTrip(SrtpProfile profile, CryptoProvider provider) {
        SrtpSender sender =
                new SrtpSender(profile, new byte[16], new byte[profile.saltBytes()], new PacketCiphers(provider));
        SrtpReceiver receiver =
                new SrtpReceiver(profile, new byte[16], new byte[profile.saltBytes()], new PacketCiphers(provider));
        byte[] packet = Packets.rtpWithExtensions(5, 0, 1100, random);
        int length = packet.length - OFFSET - 64;
        RtpPacket view = new RtpPacket();
        view.wrap(packet, OFFSET, length);
        return number -> {
            view.sequenceNumber(number);
            int protectedLength = sender.protect(packet, OFFSET, length, sealed, 0);
            int opened = receiver.unprotect(sealed, 0, protectedLength, scratch, 0);
            if (opened != length) {
                throw new AssertionError(SrtpStatus.name(opened));
            }
        };
    }

    @Test
    void counterModeAllocatesNothing() throws IOException {
        assertThat(bytesPerStep(roundTrip(SrtpProfile.AES128_CM_HMAC_SHA1_80, CryptoProvider.JAVA), NOTHING))
                .isLessThan(NOTHING);
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void nativeGcmAllocatesNothing(CryptoProvider provider) throws IOException {
        if (provider != CryptoProvider.JAVA) {
            assertThat(bytesPerStep(roundTrip(SrtpProfile.AEAD_AES_128_GCM, provider), NOTHING))
                    .isLessThan(NOTHING);
        }
    }

    @Test
    void gcmAllocatesWhatTheJdkNeedsForItsParametersAndNoPacketSizedArray() throws IOException {
        double bytes = bytesPerStep(roundTrip(SrtpProfile.AEAD_AES_128_GCM, CryptoProvider.JAVA), 4_000);
        System.out.printf("AES-GCM of the JDK allocates %.0f bytes to seal and open one packet%n", bytes);
        assertThat(bytes).isLessThan(4_000);
    }

    @Test
    void parsingRewritingKeepingAndRetransmittingAllocateNothing() throws IOException {
        byte[] packet = Packets.rtpWithExtensions(5, 0, 1100, random);
        int length = packet.length - OFFSET - 64;
        RtpPacket view = new RtpPacket();
        Vp8 vp8 = new Vp8();
        PacketRing ring = new PacketRing(1 << 19, 500_000_000L);
        DominantSpeaker speakers = new DominantSpeaker(8);
        double bytes = bytesPerStep(
                number -> {
                    long now = number * 1_000_000L;
                    int at = ring.reserve(length, now);
                    System.arraycopy(packet, OFFSET, ring.buffer(), at, length);
                    view.wrap(ring.buffer(), at, length);
                    view.sequenceNumber(number);
                    view.transportSequence(5, number);
                    view.blankExtension(10);
                    vp8.wrap(ring.buffer(), view.payloadOffset(), view.payloadLength());
                    speakers.level(number % 8, view.audioLevel(1), now);
                    speakers.update(now);
                    ring.commit(view.sequenceNumber(), length, now);
                    int again = ring.find(number - 20 & 0xFFFF, now, 1_000_000_000L);
                    if (again >= 0) {
                        view.wrap(ring.buffer(), ring.offset(again), ring.length(again));
                        Rtx.wrap(view, scratch, 0, 6, 96, number);
                    }
                },
                NOTHING);
        assertThat(bytes).isLessThan(NOTHING);
    }

    @Test
    void readingRtcpAllocatesNothing() throws IOException {
        byte[] rtcp = Packets.hex("81c90007 00000001 00000002 00000000 00000000 00000000 00000000 00000000"
                + "81cd0003 00000001 00000002 00050001" + "81ce0002 00000001 00000002");
        RtcpCompound compound = new RtcpCompound();
        int[] nacks = {0};
        double bytes = bytesPerStep(
                number -> {
                    compound.wrap(rtcp, 0, rtcp.length);
                    while (compound.next()) {
                        nacks[0] += compound.kind() == RtcpCompound.Kind.NACK ? 1 : 0;
                    }
                },
                NOTHING);
        assertThat(bytes).isLessThan(NOTHING);
        assertThat(nacks[0]).isPositive();
    }

    @Test
    void sendingAndReceivingOnLinuxAllocateNothing() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(LinuxUdpSocket.isSupported());
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        try (UdpSocket sender = UdpSocket.open(loopback, UdpSocketOptions.DEFAULTS.with(IoPath.LINUX));
                UdpSocket receiver = UdpSocket.open(loopback, UdpSocketOptions.DEFAULTS.with(IoPath.LINUX));
                TransmitArena arena = new TransmitArena(4)) {
            PeerTable peers = new PeerTable(4, 1);
            int peer = peers.add(PeerAddress.of(receiver.localAddress()));
            ReceiveBatch batch = new ReceiveBatch();
            double bytes = bytesPerStep(
                    number -> {
                        for (int i = 0; i < 4; i++) {
                            arena.append(peers, peer, scratch, 0, 1000);
                        }
                        sender.send(arena);
                        for (int received = 0; received < 4; received += batch.count()) {
                            receiver.receive(batch, 1_000_000_000L);
                            peers.find(batch.addressHigh(0), batch.addressLow(0), batch.port(0));
                        }
                    },
                    NOTHING);
            assertThat(bytes).isLessThan(NOTHING);
        }
    }
}
