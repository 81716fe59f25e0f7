package org.videowindow.bridge.benchmark;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.Packets;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/** Sealing and opening packets of 1200 bytes, by both profiles and, for AES-GCM, from and to native memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SrtpBenchmark {
    private static final int LENGTH = 1200;
    private static final int OPENED_PACKETS = 1024;

    private final SrtpSender gcm = new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
    private final SrtpSender counterMode =
            new SrtpSender(SrtpProfile.AES128_CM_HMAC_SHA1_80, new byte[16], new byte[14]);
    private final byte[] packet = Packets.rtpWithExtensions(7, 0, LENGTH - 28, new java.util.Random(1));
    private final byte[] out = new byte[2048];
    private final byte[] opened = new byte[2048];
    private final MemorySegment memory = Arena.ofAuto().allocate(64 * 2048, 64);
    private final byte[][] sealed = new byte[OPENED_PACKETS][];
    private final ByteBuffer directIn = ByteBuffer.allocateDirect(2048);
    private final ByteBuffer directOut = ByteBuffer.allocateDirect(2048);
    private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    private final byte[] iv = new byte[12];
    private Cipher cipher;
    private SrtpReceiver receiver;
    private int sequence;
    private int next;

    /** Seals what {@link #openGcm} opens. */
    @Setup
    public void setUp() throws GeneralSecurityException {
        cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        directIn.put(packet, Packets.OFFSET, LENGTH);
        for (int i = 0; i < OPENED_PACKETS; i++) {
            BigEndian.putU16(packet, Packets.OFFSET + 2, i);
            sealed[i] = new byte[LENGTH + 16];
            gcm.protect(packet, Packets.OFFSET, LENGTH, sealed[i], 0);
        }
        sequence = OPENED_PACKETS;
    }

    /** AES-GCM on heap arrays. */
    @Benchmark
    public int protectGcm() {
        BigEndian.putU16(packet, Packets.OFFSET + 2, sequence++);
        return gcm.protect(packet, Packets.OFFSET, LENGTH, out, 0);
    }

    /** AES-GCM on heap arrays, and the copy to native memory that the transmit arena makes. */
    @Benchmark
    public int protectGcmAndCopyToNativeMemory() {
        BigEndian.putU16(packet, Packets.OFFSET + 2, sequence++);
        int length = gcm.protect(packet, Packets.OFFSET, LENGTH, out, 0);
        MemorySegment.copy(out, 0, memory, ValueLayout.JAVA_BYTE, (long) (sequence & 63) * 2048, length);
        return length;
    }

    /** The JDK's AES-GCM from a direct buffer to another, with nothing around it: what there would be without copying. */
    @Benchmark
    public int cipherGcmOnDirectBuffers() throws GeneralSecurityException {
        BigEndian.putI32(iv, 8, sequence++);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
        directIn.limit(28).position(0);
        cipher.updateAAD(directIn);
        directIn.limit(LENGTH).position(28);
        directOut.clear();
        return cipher.doFinal(directIn, directOut);
    }

    /** AES-CM with HMAC-SHA1 on heap arrays. */
    @Benchmark
    public int protectCounterMode() {
        BigEndian.putU16(packet, Packets.OFFSET + 2, sequence++);
        return counterMode.protect(packet, Packets.OFFSET, LENGTH, out, 0);
    }

    /** Opening AES-GCM, from one array to another. A fresh receiver after each round, or all would be repetitions. */
    @Benchmark
    public int openGcm() {
        if (next == 0) {
            receiver = new SrtpReceiver(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
        }
        byte[] in = sealed[next];
        next = (next + 1) % OPENED_PACKETS;
        return receiver.unprotect(in, 0, in.length, opened, 0);
    }
}
