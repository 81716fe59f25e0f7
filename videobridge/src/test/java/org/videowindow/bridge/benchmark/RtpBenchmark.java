package org.videowindow.bridge.benchmark;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.rtp.Packets;
import org.videowindow.bridge.rtp.RtpPacket;

/** Looking at a packet, rewriting it for a receiver, keeping it for retransmission. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RtpBenchmark {
    private static final int LENGTH = 1200;
    private static final int PEERS = 1024;
    private static final long ADDRESS = 0xFFFF_0A00_0001L;

    private final byte[] packet = Packets.rtpWithExtensions(7, 0, LENGTH - 28, new Random(1));
    private final RtpPacket view = new RtpPacket();
    private final PacketRing ring = new PacketRing(1 << 19, 500_000_000L);
    private final PeerTable peers = new PeerTable(PEERS, 1);
    private int number;

    /** Fills the table that {@link #lookup} looks into. */
    @Setup
    public void addPeers() {
        for (int i = 0; i < PEERS; i++) {
            peers.add(0, ADDRESS, 10_000 + i);
        }
    }

    /** Whose packet it is, by its address, among as many peers as five hundred endpoints have. */
    @Benchmark
    public int lookup() {
        return peers.find(0, ADDRESS, 10_000 + (number++ * 7 & PEERS - 1));
    }

    /** Checks the packet and reads audio level, payload type, sequence number. */
    @Benchmark
    public int parse() {
        view.wrap(packet, Packets.OFFSET, LENGTH);
        return view.audioLevel(1) + view.payloadType() + view.sequenceNumber();
    }

    /** Checks the packet, then rewrites what differs per receiver. */
    @Benchmark
    public boolean rewrite() {
        view.wrap(packet, Packets.OFFSET, LENGTH);
        view.ssrc(number);
        view.sequenceNumber(number);
        view.timestamp(number);
        return view.transportSequence(5, number++);
    }

    /** Enters a packet into the ring, the copy in place of decryption. */
    @Benchmark
    public int keep() {
        long now = number * 4_000_000L;
        int at = ring.reserve(LENGTH, now);
        System.arraycopy(packet, Packets.OFFSET, ring.buffer(), at, LENGTH);
        return ring.commit(number++ & 0xFFFF, LENGTH, now);
    }
}
