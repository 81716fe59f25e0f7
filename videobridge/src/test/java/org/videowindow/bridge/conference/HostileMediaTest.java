package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.srtp.SrtpSender;

/** Media of a participant that is authentic and still wrong: SSRCs, numbers, repetitions, sizes, layers, levels. */
class HostileMediaTest extends CallOfTwo {
    /** A picture packet of any numbers, with what the receiver checks in it. */
    private static byte[] packet(int payloadType, int ssrc, int sequence, int timestamp, int length) {
        byte[] payload = MediaPackets.vp8(false, true, length);
        if (length >= 28) {
            ByteBuffer.wrap(payload).putInt(20, ssrc);
        }
        return MediaPackets.rtp(MediaKind.VIDEO, payloadType, ssrc, sequence, timestamp, 0, payload);
    }

    @Test
    void thousandsOfInventedSsrcsPushOutNothingThatIsInUse() {
        SrtpKeyMaterial keys = a.bridgeKeys();
        long before = lab.count(Counter.DROPPED_UNKNOWN_SSRC);
        for (int round = 0; round < 200; round++) {
            SrtpSender sender = new SrtpSender(keys.profile(), keys.remoteKey(), keys.remoteSalt());
            for (int i = 0; i < 20; i++) {
                byte[] clear = packet(Offers.VP8, 1_000_000 + round * 20 + i, i, 0, 100);
                byte[] sealed = new byte[clear.length + 64];
                int length = sender.protect(clear, 0, clear.length, sealed, 0);
                lab.inject(a.port(), Arrays.copyOf(sealed, length));
            }
            sender.close();
            lab.runMillis(10);
        }
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_SSRC) - before).isEqualTo(4_000);
        // The picture's number wraps in these seconds: its roll-over counter must still be known.
        theCallGoesOn();
        assertThat(lab.count(Counter.DROPPED_SRTP_AUTHENTICATION)).isZero();
    }

    @Test
    void aMidThatWasNeverSignalledIsNeitherBelievedNorForwarded() {
        for (char mid : new char[] {'0', '7', 'x'}) {
            byte[] packet = a.nextVideoPacket(false, true, lab.now());
            packet[17] = (byte) mid;
            a.sendRtp(packet);
        }
        // The receiver insists on getting no mid, and on the content of the SSRC.
        theCallGoesOn();
        assertThat(lab.drops()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "100", "3000", "20000", "32767"})
    void afterAnyJumpThatSrtpAllowsTheStreamGoesOn(int jump) {
        a.silent();
        lab.runMillis(200);
        Random random = new Random(jump);
        int sequence = 3_000;
        lab.inject(a.port(), a.seal(packet(Offers.VP8, a.videoSsrc(), sequence, 0, 100)));
        sequence += jump;
        for (int i = 0; i < 10; i++) {
            lab.inject(
                    a.port(),
                    a.seal(packet(Offers.VP8, a.videoSsrc(), (sequence + i) & 0xffff, random.nextInt(), 100)));
        }
        long forwarded = lab.count(Counter.RTP_FORWARDED);
        for (int i = 10; i < 110; i++) {
            lab.inject(a.port(), a.seal(packet(Offers.VP8, a.videoSsrc(), (sequence + i) & 0xffff, 0, 100)));
        }
        assertThat(lab.count(Counter.RTP_FORWARDED) - forwarded).isEqualTo(100);
        lab.runMillis(500);
        assertThat(lab.count(Counter.WORKER_FAULTS)).isZero();
    }

    @Test
    void repetitionsThatAreStumpsOrOfOtherTypesAreNotForwarded() {
        a.silent();
        lab.runMillis(200);
        long forwarded = lab.count(Counter.RTP_FORWARDED);
        byte[] stump = packet(Offers.RTX, a.repeatSsrc(), 900, 0, 12);
        lab.inject(a.port(), a.seal(Arrays.copyOf(stump, stump.length - 12 + 1)));
        lab.inject(a.port(), a.seal(Arrays.copyOf(packet(Offers.RTX, a.repeatSsrc(), 901, 0, 12), stump.length - 10)));
        lab.inject(a.port(), a.seal(packet(Offers.VP8, a.repeatSsrc(), 902, 0, 100)));
        lab.inject(a.port(), a.seal(packet(Offers.OPUS, a.repeatSsrc(), 903, 0, 100)));
        assertThat(lab.count(Counter.RTP_FORWARDED)).isEqualTo(forwarded);
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_PAYLOAD)).isEqualTo(2);
    }

    @Test
    void repetitionsOfWhatWasReceivedAreForwardedOnce() {
        a.silent();
        lab.runMillis(200);
        byte[] original = a.nextVideoPacket(false, true, lab.now());
        lab.inject(a.port(), a.seal(original));
        long forwarded = lab.count(Counter.RTP_FORWARDED);
        int sequence = RtpPacket.sequenceNumber(original, 0);
        for (int i = 0; i < 50; i++) {
            byte[] repeated = packet(Offers.RTX, a.repeatSsrc(), 900 + i, 0, 102);
            ByteBuffer.wrap(repeated).putShort(repeated.length - 102, (short) sequence);
            lab.inject(a.port(), a.seal(repeated));
        }
        assertThat(lab.count(Counter.RTP_FORWARDED)).isEqualTo(forwarded);
        assertThat(lab.count(Counter.DROPPED_DUPLICATE)).isEqualTo(50);
    }

    @Test
    void packetsOfOneByteAndOfAWholeSlotAreHandled() {
        a.silent();
        for (int length = 0; length < 40; length++) {
            for (int first : new int[] {0, 22, 0x80, 0x90, 0xbf, 0xff}) {
                byte[] bytes = new byte[length];
                if (length > 0) {
                    bytes[0] = (byte) first;
                }
                lab.inject(a.port(), bytes);
            }
        }
        long forwarded = lab.count(Counter.RTP_FORWARDED);
        byte[] largest = a.seal(packet(Offers.VP8, a.videoSsrc(), 9_000, 0, 1_900));
        assertThat(largest).hasSizeGreaterThan(1_940);
        lab.inject(a.port(), largest);
        assertThat(lab.count(Counter.RTP_FORWARDED)).isEqualTo(forwarded + 1);
        lab.inject(a.port(), new byte[2_048]);
        byte[] noise = new byte[2_048];
        Arrays.fill(noise, (byte) 0x81);
        lab.inject(a.port(), noise);
        lab.runMillis(100);
        assertThat(lab.count(Counter.WORKER_FAULTS)).isZero();
    }

    @Test
    void aContributingSourceThatNamesAnotherMakesNobodySpeakInItsName() {
        a.silent();
        b.silent();
        lab.runMillis(500);
        int events = lab.events().size();
        for (int i = 0; i < 150; i++) {
            byte[] plain = MediaPackets.withLevel(
                    MediaPackets.rtp(MediaKind.AUDIO, Offers.OPUS, b.audioSsrc(), 1_000 + i, i * 960, 0, soundOf(b)),
                    5);
            byte[] named = new byte[plain.length + 4];
            System.arraycopy(plain, 0, named, 0, 12);
            named[0] |= 1;
            ByteBuffer.wrap(named).putInt(12, a.audioSsrc());
            System.arraycopy(plain, 12, named, 16, plain.length - 12);
            lab.inject(b.port(), b.seal(named));
            lab.runMillis(20);
        }
        assertThat(lab.events().subList(events, lab.events().size())).doesNotContain("speaker " + A);
        assertThat(lab.outside().speakers().dominant()).isEqualTo(B);
    }

    private static byte[] soundOf(LabClient client) {
        byte[] payload = new byte[60];
        ByteBuffer.wrap(payload).putInt(20, client.audioSsrc());
        return payload;
    }

    @Test
    void descriptorsOfAnyBytesLeaveNoGapAtTheReceiver() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            byte[] packet = a.nextVideoPacket(false, true, lab.now());
            byte[] descriptor = new byte[1 + random.nextInt(10)];
            random.nextBytes(descriptor);
            System.arraycopy(descriptor, 0, packet, packet.length - 600, descriptor.length);
            a.sendRtp(packet);
            lab.runMillis(3);
        }
        lab.runMillis(1_000);
        theCallGoesOn();
    }
}
