package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.feedback.TransportFeedbackSender;
import org.videowindow.bridge.rtcp.ReceiverReport;
import org.videowindow.bridge.rtcp.ReportBlock;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.PacketCiphers;
import org.videowindow.bridge.srtp.SrtpSender;

/**
 * What a room leaves to the garbage collector in which nobody comes or goes: one sends sound and picture, twenty receive
 * them and answer as browsers do, for minutes of virtual time, with everything a worker does meanwhile.
 */
class SteadyRoomAllocationTest {
    private static final int RECEIVERS = 20;
    private static final long MILLI = 1_000_000L;
    private static final int PADDING_BIT = 0x20;
    private static final int WARM_UP_MILLIS = 30_000;
    private static final int MEASURED_MILLIS = 20_000;
    private static final int VARYING_MILLIS = 3_000;

    /** What is not compiled yet makes objects that compiled code does not: on a busy machine that takes its time. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Bytes per forwarded packet: the layers that arrive are listed every two seconds. */
    private static final double ALLOWED = 1;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Client> clients = new ArrayList<>();
    private final byte[] out = new byte[2_000];
    private final byte[] header = new byte[64];
    private final RtpPacket view = new RtpPacket();
    private final byte[] video =
            MediaPackets.rtp(MediaKind.VIDEO, Offers.VP8, 1_001, 0, 0, 0, MediaPackets.vp8(false, true, 300));
    private final byte[] dearVideo =
            MediaPackets.rtp(MediaKind.VIDEO, Offers.VP8, 1_001, 0, 0, 0, MediaPackets.vp8(false, true, 400));
    private final byte[] keyFrame =
            MediaPackets.rtp(MediaKind.VIDEO, Offers.VP8, 1_001, 0, 0, 0, MediaPackets.vp8(true, true, 1_100));
    private final byte[] sound =
            MediaPackets.withLevel(MediaPackets.rtp(MediaKind.AUDIO, Offers.OPUS, 1_000, 0, 0, 0, new byte[100]), 30);
    private long now = 1_000_000_000L;
    private int millis;
    private int transport;
    private SealedRoom room;

    /** Whether the picture costs more and less in turn. */
    private boolean varies;

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void aRoomInWhichNobodyComesOrGoesLeavesNothing(CryptoProvider provider) throws Exception {
        leavesNothing(provider);
    }

    /** Every two seconds receivers are looked after anew, because what is sent to them costs something else. */
    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void aSenderWhoseBitRateChangesMakesNoGarbageForEachReceiver(CryptoProvider provider) throws Exception {
        varies = true;
        leavesNothing(provider);
    }

    private void leavesNothing(CryptoProvider provider) throws Exception {
        assumeTrue(provider != CryptoProvider.JAVA, "the JDK's cipher makes garbage of its own");
        PacketCiphers ciphers = new PacketCiphers(provider);
        open(provider, ciphers);
        play(WARM_UP_MILLIS);
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (best > ALLOWED && System.nanoTime() - end < 0) {
            final long packets = room.count(Counter.RTP_FORWARDED);
            final long reports = room.count(Counter.RTCP_RECEIVED);
            final long bytes = allocated();
            play(MEASURED_MILLIS);
            long made = allocated() - bytes;
            long forwarded = room.count(Counter.RTP_FORWARDED) - packets;
            assertThat(forwarded).isGreaterThan(RECEIVERS * (MEASURED_MILLIS / 5 + MEASURED_MILLIS / 20) * 9L / 10);
            assertThat(room.count(Counter.RTCP_RECEIVED) - reports)
                    .isGreaterThan(RECEIVERS * MEASURED_MILLIS / 50 * 9L / 10);
            best = Math.min(best, made / (double) forwarded);
        }
        System.out.printf("per packet forwarded in a whole room with %s: %.3f bytes%n", provider.key(), best);
        assertThat(best).isBetween(0.0, ALLOWED);
    }

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    // --- The room ---

    private void open(CryptoProvider provider, PacketCiphers ciphers) throws Exception {
        room = SealedRoom.open(provider, 1 + RECEIVERS, this::sent, now);
        for (int i = 0; i <= RECEIVERS; i++) {
            clients.add(new Client(SealedRoom.FIRST_PORT + i, room.check(i), ciphers));
        }
        room.begin(now);
    }

    /** A receiver sees the number of a packet. */
    private void sent(int port, MemorySegment memory, int offset, int length) {
        int seen = Math.min(length, header.length);
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, header, 0, seen);
        // How much padding there is stands at the end, which is not here.
        header[0] &= ~PADDING_BIT;
        if (view.wrap(header, 0, seen)) {
            int sequence = view.transportSequence(Offers.TRANSPORT);
            if (sequence >= 0) {
                clients.get(port - SealedRoom.FIRST_PORT).arrivals.received(sequence, now);
            }
        }
    }

    /** The turns of a worker, one a millisecond. */
    private void play(int duration) throws Exception {
        for (int i = 0; i < duration; i++, millis++) {
            now += MILLI;
            if (millis % 5 == 0) {
                byte[] delta = varies && millis / VARYING_MILLIS % 2 == 1 ? dearVideo : video;
                clients.getFirst().send(millis % 1_000 == 0 ? keyFrame : delta, millis / 5, millis * 90, transport++);
            }
            if (millis % 20 == 0) {
                clients.getFirst().send(sound, millis / 20, millis * 48, transport++);
            }
            if (millis % 1_000 == 0) {
                clients.getFirst().reportSent();
            }
            for (int c = 0; c < clients.size(); c++) {
                clients.get(c).tick(c);
            }
            room.tick(now);
        }
    }

    private final class Client {
        private final int port;
        private final byte[] check;
        private final byte[] checked;
        private final SrtpSender srtp;
        private final TransportFeedbackSender arrivals = new TransportFeedbackSender();
        private final byte[] report = new byte[1_500];

        Client(int port, byte[] check, PacketCiphers ciphers) {
            this.port = port;
            this.check = check;
            this.checked = new byte[check.length];
            this.srtp = new SrtpSender(SealedRoom.PROFILE, new byte[16], new byte[12], ciphers);
        }

        void check() {
            System.arraycopy(check, 0, checked, 0, check.length);
            room.handle(checked, checked.length, port, now);
        }

        void send(byte[] packet, int sequence, int timestamp, int transportSequence) {
            BigEndian.putU16(packet, 2, sequence & 0xffff);
            BigEndian.putI32(packet, 4, timestamp);
            boolean picture = packet != sound;
            BigEndian.putU16(packet, picture ? 23 : 21, transportSequence & 0xffff);
            int length = srtp.protect(packet, 0, packet.length, out, 0);
            room.handle(out, length, port, now);
        }

        void reportSent() {
            int length = SenderReport.write(report, 0, 1_001, (now / 1_000_000_000L) << 32, millis * 90, 1, 1);
            sendReport(length);
        }

        /** As a browser: feedback every 50 ms, a report every second, a check every 2.5 seconds. */
        void tick(int number) {
            int phase = millis + number;
            if (phase % 50 == 0 && number > 0) {
                int length = arrivals.write(report, 0, 1_100, port, 1_001, now);
                if (length > 0) {
                    sendReport(length);
                }
            }
            if (phase % 1_000 == 0 && number > 0) {
                int block = ReceiverReport.blockOffset(0, 0);
                ReportBlock.write(report, block, 1_001, 0, 0, millis / 5, 10, 0, 0);
                sendReport(ReceiverReport.write(report, 0, port, 1));
            }
            if (phase % 2_500 == 0) {
                check();
            }
        }

        private void sendReport(int length) {
            int sealed = srtp.protectRtcp(report, 0, length, out, 0);
            room.handle(out, sealed, port, now);
        }
    }
}
