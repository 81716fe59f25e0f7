package org.videowindow.bridge.benchmark;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.Packets;
import org.videowindow.bridge.srtp.PacketCiphers;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/** Sealing and opening packets of 1200 bytes by every provider of AES-GCM, and by counter mode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SrtpBenchmark {
    private static final int LENGTH = 1200;
    private static final int OPENED_PACKETS = 1024;

    /** Who computes. */
    @Param({"ipsec-mb", "openssl", "java", "java-cm"})
    public String cipher;

    private final byte[] packet = Packets.rtpWithExtensions(7, 0, LENGTH - 28, new Random(1));
    private final byte[] out = new byte[2048];
    private final MemorySegment memory = Arena.ofAuto().allocate(64 * 2048, 64);
    private final byte[][] sealed = new byte[OPENED_PACKETS][];
    private SrtpProfile profile;
    private PacketCiphers ciphers;
    private SrtpSender sender;
    private SrtpReceiver receiver;
    private int sequence;
    private int next;

    /** Seals what {@link #open} opens. */
    @Setup
    public void setUp() {
        profile = cipher.equals("java-cm") ? SrtpProfile.AES128_CM_HMAC_SHA1_80 : SrtpProfile.AEAD_AES_128_GCM;
        ciphers = new PacketCiphers(ForwardBenchmark.provider(cipher));
        sender = new SrtpSender(profile, new byte[16], new byte[profile.saltBytes()], ciphers);
        for (int i = 0; i < OPENED_PACKETS; i++) {
            BigEndian.putU16(packet, Packets.OFFSET + 2, i);
            sealed[i] = new byte[LENGTH + profile.tagBytes()];
            sender.protect(packet, Packets.OFFSET, LENGTH, sealed[i], 0);
        }
        sequence = OPENED_PACKETS;
    }

    /** From one array to another. */
    @Benchmark
    public int sealIntoArray() {
        BigEndian.putU16(packet, Packets.OFFSET + 2, sequence++);
        return sender.protect(packet, Packets.OFFSET, LENGTH, out, 0);
    }

    /** From one array to another, and from there into native memory, as the transmit arena would. */
    @Benchmark
    public int sealIntoArrayAndCopy() {
        BigEndian.putU16(packet, Packets.OFFSET + 2, sequence++);
        int length = sender.protect(packet, Packets.OFFSET, LENGTH, out, 0);
        MemorySegment.copy(out, 0, memory, ValueLayout.JAVA_BYTE, (long) (sequence & 63) * 2048, length);
        return length;
    }

    /** From an array straight into native memory, as the bridge does. */
    @Benchmark
    public int sealIntoMemory() {
        BigEndian.putU16(packet, Packets.OFFSET + 2, sequence++);
        return sender.protect(packet, Packets.OFFSET, LENGTH, memory, (long) (sequence & 63) * 2048);
    }

    /** Opening, from one array to another. A fresh receiver after each round, or all would be repetitions. */
    @Benchmark
    public int open() {
        if (next == 0) {
            if (receiver != null) {
                receiver.close();
            }
            receiver = new SrtpReceiver(profile, new byte[16], new byte[profile.saltBytes()], ciphers);
        }
        byte[] in = sealed[next];
        next = (next + 1) % OPENED_PACKETS;
        return receiver.unprotect(in, 0, in.length, out, 0);
    }
}
