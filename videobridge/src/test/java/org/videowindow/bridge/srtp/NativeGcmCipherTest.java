package org.videowindow.bridge.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.videowindow.bridge.rtp.Packets.OFFSET;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.rtp.Packets;

/** What native ciphers must do beyond the vectors: stay within bounds, end with their session, seal into an arena. */
class NativeGcmCipherTest {
    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;
    private final Random random = new Random(7);
    private final byte[] out = new byte[4096];

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#withProfiles")
    void sealsIntoNativeMemoryWhatItSealsIntoAnArray(SrtpProfile profile, CryptoProvider provider) {
        SrtpSender toArray = sender(profile, provider);
        SrtpSender toMemory = sender(profile, provider);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(4096);
            for (int sequence = 0; sequence < 300; sequence++) {
                byte[] packet = Packets.rtp(9, sequence, random.nextInt(1300), random);
                int length = packet.length - OFFSET - 64;
                int expected = toArray.protect(packet, OFFSET, length, out, 3);
                int at = random.nextInt(2000);
                assertThat(toMemory.protect(packet, OFFSET, length, memory, at)).isEqualTo(expected);
                assertThat(memory.asSlice(at, expected).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(java.util.Arrays.copyOfRange(out, 3, 3 + expected));
            }
            assertThat(toMemory.protect(Packets.rtp(9, 299, 10, random), OFFSET, 22, memory, 0))
                    .isEqualTo(SrtpStatus.REPEATED);
        }
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void neverWritesBehindTheTargetOrItsScratch(CryptoProvider provider) {
        byte[] packet = Packets.rtp(9, 1, 1300, random);
        SrtpSender sender = sender(GCM, provider);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(1312);
            assertThatThrownBy(() -> sender.protect(packet, OFFSET, 1312, memory, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        if (provider != CryptoProvider.JAVA) {
            byte[] huge = Packets.rtp(9, 2, 3000, random);
            assertThat(sender.protect(huge, OFFSET, 3012, out, 0)).isEqualTo(SrtpStatus.MALFORMED);
            SrtpReceiver receiver = receiver(provider);
            assertThat(receiver.unprotect(huge, OFFSET, 3012, out, 0)).isEqualTo(SrtpStatus.MALFORMED);
            huge[OFFSET + 1] = (byte) 200;
            assertThat(receiver.unprotectRtcp(huge, OFFSET, 3012, out, 0)).isEqualTo(SrtpStatus.MALFORMED);
        }
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void refusesEverythingOnceClosed(CryptoProvider provider) {
        if (provider == CryptoProvider.JAVA) {
            return;
        }
        SrtpSender sender = sender(GCM, provider);
        SrtpReceiver receiver = receiver(provider);
        byte[] packet = Packets.rtp(9, 1, 100, random);
        byte[] sealed = new byte[200];
        int length = sender.protect(packet, OFFSET, 112, sealed, 0);
        sender.close();
        sender.close();
        receiver.close();
        receiver.close();
        byte[] next = Packets.rtp(9, 2, 100, random);
        assertThat(sender.protect(next, OFFSET, 112, out, 0)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(sender.protectRtcp(next, OFFSET, 112, out, 0)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(receiver.unprotect(sealed, 0, length, out, 0)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(receiver.unprotectRtcp(sealed, 0, length, out, 0)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
    }

    @Test
    void aProviderThatIsNotThereSaysWhyAndAutoTakesTheFirstThatIs() {
        assertThat(CryptoProvider.AUTO.resolve())
                .isEqualTo(CryptoProvider.present().getFirst());
        assertThat(CryptoProvider.present()).endsWith(CryptoProvider.JAVA);
        for (CryptoProvider provider : CryptoProvider.values()) {
            if (provider.whyNot() != null) {
                assertThatThrownBy(provider::resolve)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(provider.key())
                        .hasMessageContaining(provider.whyNot());
            }
        }
    }

    @Test
    void aLibraryThatComputesWrongIsNotUsed() {
        GcmLibrary lazy = new GcmLibrary() {
            @Override
            public String describe() {
                return "lazy";
            }

            @Override
            public long newKey(byte[] key) {
                return 1;
            }

            @Override
            public void freeKey(long key) {}

            @Override
            public void seal(
                    long key, long work, long iv, long clear, int clearLength, long data, int length, long tag) {}

            @Override
            public boolean open(
                    long key, long work, long iv, long clear, int clearLength, long data, int length, long tag) {
                return true;
            }
        };
        assertThat(GcmSelfTest.fault(lazy)).isEqualTo("lazy computes wrong");
    }

    private static SrtpSender sender(SrtpProfile profile, CryptoProvider provider) {
        return new SrtpSender(profile, new byte[16], new byte[profile.saltBytes()], new PacketCiphers(provider));
    }

    private static SrtpReceiver receiver(CryptoProvider provider) {
        return new SrtpReceiver(GCM, new byte[16], new byte[12], new PacketCiphers(provider));
    }
}
