package org.videowindow.bridge.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.videowindow.bridge.rtp.Packets;

class SrtpReceiverTest {
    private static final int SSRC = 0x1234;
    private final Random random = new Random(7);

    /** A sender and a receiver with the same keys. */
    private final class Pair {
        final SrtpSender sender;
        final SrtpReceiver receiver;
        final byte[] sealed = new byte[2048];
        final byte[] opened = new byte[2048];

        Pair(SrtpProfile profile) {
            byte[] key = new byte[profile.keyBytes()];
            byte[] salt = new byte[profile.saltBytes()];
            random.nextBytes(key);
            random.nextBytes(salt);
            sender = new SrtpSender(profile, key, salt);
            receiver = new SrtpReceiver(profile, key, salt);
        }

        int seal(int ssrc, int sequence) {
            byte[] packet = Packets.rtp(ssrc, sequence, 100, random);
            return sender.protect(packet, OFFSET, 112, sealed, OFFSET);
        }

        int open(int length) {
            return receiver.unprotect(sealed, OFFSET, length, opened, 3);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void aWrongTagIsCountedAndNeverEndsTheSession(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        for (int sequence = 1; sequence <= 50; sequence++) {
            int length = pair.seal(SSRC, sequence);
            // Before byte 4 a change makes it another kind of packet, or a repetition of another sequence number.
            int at = OFFSET + 4 + random.nextInt(length - 4);
            int bit = 1 << random.nextInt(8);
            pair.sealed[at] ^= (byte) bit;
            assertThat(pair.open(length)).isEqualTo(SrtpStatus.NOT_AUTHENTIC);
            pair.sealed[at] ^= (byte) bit;
            assertThat(pair.open(length)).isEqualTo(112);
        }
        assertThat(pair.receiver.failures(SrtpStatus.NOT_AUTHENTIC)).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void aForgedPacketFarAheadDoesNotMoveTheRollOverCounter(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        pair.open(pair.seal(SSRC, 100));
        int length = pair.seal(SSRC, 101);
        byte[] forged = Packets.rtp(SSRC, 32_000, 100, random);
        assertThat(pair.receiver.unprotect(forged, OFFSET, 112, pair.opened, 0)).isEqualTo(SrtpStatus.NOT_AUTHENTIC);
        assertThat(pair.open(length)).isEqualTo(112);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void aPacketShorterThanItsTagIsMalformed(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        int length = pair.seal(SSRC, 9);
        for (int cut = 0; cut < 12 + profile.tagBytes(); cut++) {
            assertThat(pair.open(cut)).as("%d bytes", cut).isEqualTo(SrtpStatus.MALFORMED);
        }
        for (int cut = 12 + profile.tagBytes(); cut < length; cut++) {
            assertThat(pair.open(cut)).as("%d bytes", cut).isEqualTo(SrtpStatus.NOT_AUTHENTIC);
        }
        assertThat(pair.open(length)).isEqualTo(112);
    }

    @Test
    void everyRepetitionInTheWindowIsRefusedAndWhatLiesBehindItToo() {
        Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
        int count = StreamState.WINDOW + 200;
        byte[][] all = new byte[count][];
        int start = 65_000;
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = pair.seal(SSRC, (start + i) & 0xFFFF);
            all[i] = pair.sealed.clone();
        }
        Set<Integer> seen = new HashSet<>();
        int newest = -1;
        for (int step = 0; step < 20_000; step++) {
            int i = Math.max(0, Math.min(count - 1, newest + random.nextInt(60) - 40));
            System.arraycopy(all[i], 0, pair.sealed, 0, pair.sealed.length);
            int expected = i <= newest - StreamState.WINDOW
                    ? SrtpStatus.TOO_OLD
                    : seen.contains(i) ? SrtpStatus.REPEATED : 112;
            assertThat(pair.open(length)).as("step %d, packet %d", step, i).isEqualTo(expected);
            seen.add(i);
            newest = Math.max(newest, i);
        }
        System.arraycopy(all[0], 0, pair.sealed, 0, pair.sealed.length);
        assertThat(newest).isEqualTo(count - 1);
        assertThat(pair.open(length)).isEqualTo(SrtpStatus.TOO_OLD);
    }

    @Test
    void theRollOverCounterSurvivesAGapOfAlmostHalfTheRange() {
        Pair pair = new Pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        int sequence = 5;
        for (int i = 0; i < 20; i++) {
            assertThat(pair.open(pair.seal(SSRC, sequence & 0xFFFF))).isEqualTo(112);
            sequence += 32_767;
        }
    }

    @Test
    void tenThousandSourcesOfOneEndpointStayBounded() {
        Pair pair = new Pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        for (int ssrc = 0; ssrc < 8_000; ssrc++) {
            assertThat(pair.open(pair.seal(ssrc, 1))).isEqualTo(112);
            // One source that keeps sending is never pushed out.
            assertThat(pair.open(pair.seal(-1, 1 + ssrc))).isEqualTo(112);
        }
        assertThat(pair.receiver.streams()).isEqualTo(SrtpReceiver.MAX_STREAMS);
        assertThat(pair.receiver.forgottenStreams()).isEqualTo(8_001 - SrtpReceiver.MAX_STREAMS);
        System.arraycopy(new byte[16], 0, pair.opened, 0, 16);
        assertThat(pair.open(pair.seal(-1, 8_001))).isEqualTo(112);
    }

    @Test
    void forgedPacketsOfNewSourcesLeaveNoState() {
        Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
        for (int ssrc = 0; ssrc < 1_000; ssrc++) {
            byte[] forged = Packets.rtp(ssrc, 1, 100, random);
            assertThat(pair.receiver.unprotect(forged, OFFSET, 112, pair.opened, 0))
                    .isEqualTo(SrtpStatus.NOT_AUTHENTIC);
        }
        assertThat(pair.receiver.streams()).isZero();
    }

    @Test
    void rtcpIndicesInAnyOrderWithinTheWindowAndRefusedTwice() {
        Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
        byte[] plain = Packets.hex("80c90001 00001234");
        byte[][] sealed = new byte[20][64];
        int length = 0;
        for (byte[] each : sealed) {
            length = pair.sender.protectRtcp(plain, 0, 8, each, 0);
        }
        for (int i = sealed.length - 1; i >= 0; i--) {
            assertThat(pair.receiver.unprotectRtcp(sealed[i], 0, length, pair.opened, 0))
                    .isEqualTo(8);
            assertThat(pair.receiver.unprotectRtcp(sealed[i], 0, length, pair.opened, 0))
                    .isEqualTo(SrtpStatus.REPEATED);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unencryptedRtcpIsAcceptedOnlyWithItsTag(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] plain = Packets.hex("80c90001 00001234 80c90001 00001234 80c90001 00001234 80c90001 00001234"
                + " 80c90001 00001234 80c90001 00001234");
        assertThat(pair.receiver.unprotectRtcp(plain, 0, plain.length, pair.opened, 0))
                .isEqualTo(SrtpStatus.NOT_AUTHENTIC);
        assertThat(pair.receiver.unprotectRtcp(plain, 0, 20, pair.opened, 0)).isEqualTo(SrtpStatus.MALFORMED);
    }
}
