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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
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

    private final byte[] packet = Packets.rtpWithExtensions(7, 0, LENGTH - 28, new Random(1));
    private final RtpPacket view = new RtpPacket();
    private final PacketRing ring = new PacketRing(1 << 19, 500_000_000L);
    private int number;

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
