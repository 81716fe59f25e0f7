package org.videowindow.loadtest.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GcmContextTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] SALT = HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaab");

    @Test
    void whatOneSealsTheOtherOpens() {
        Random random = new Random(1);
        GcmContext sender = new GcmContext(KEY, SALT);
        GcmContext receiver = new GcmContext(KEY, SALT);
        for (int length = 12; length < 1_200; length += 37) {
            byte[] packet = new byte[length];
            random.nextBytes(packet);
            byte[] sealed = new byte[length + GcmContext.RTP_OVERHEAD];
            long index = random.nextLong(1L << 40);

            assertThat(sender.sealRtp(packet, 12, length, 7, index, sealed)).isEqualTo(sealed.length);
            assertThat(receiver.openRtp(sealed, 12, sealed.length, 7, index)).isEqualTo(length);
            assertThat(Arrays.copyOf(sealed, length)).isEqualTo(packet);
        }
    }

    @Test
    void anotherIndexOrAChangedByteDoesNotOpen() {
        byte[] sealed = new byte[100 + GcmContext.RTP_OVERHEAD];
        new GcmContext(KEY, SALT).sealRtp(new byte[100], 12, 100, 7, 5, sealed);
        GcmContext receiver = new GcmContext(KEY, SALT);

        assertThat(receiver.openRtp(sealed.clone(), 12, sealed.length, 7, 6)).isEqualTo(-1);
        assertThat(receiver.openRtp(sealed.clone(), 12, sealed.length, 8, 5)).isEqualTo(-1);
        byte[] changed = sealed.clone();
        changed[2] ^= 1;
        assertThat(receiver.openRtp(changed, 12, changed.length, 7, 5)).isEqualTo(-1);
        assertThat(receiver.openRtp(sealed, 12, sealed.length, 7, 5)).isEqualTo(100);
    }

    @Test
    void rtcpIsSealedWithARisingIndex() {
        GcmContext sender = new GcmContext(KEY, SALT);
        GcmContext receiver = new GcmContext(KEY, SALT);
        byte[] compound = new byte[28];
        Arrays.fill(compound, (byte) 3);
        for (int i = 0; i < 3; i++) {
            byte[] sealed = new byte[compound.length + GcmContext.RTCP_OVERHEAD];
            assertThat(sender.sealRtcp(compound, compound.length, sealed)).isEqualTo(sealed.length);
            assertThat(sealed[sealed.length - 1]).isEqualTo((byte) i);
            assertThat(receiver.openRtcp(sealed, sealed.length)).isEqualTo(compound.length);
            assertThat(Arrays.copyOf(sealed, compound.length)).isEqualTo(compound);
        }
    }
}
