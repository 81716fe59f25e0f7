package org.videowindow.bridge.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.rtp.Packets;

/** Ours against jitsi-srtp, both ways: what one seals the other opens, and the sealed bytes are the same. */
class SrtpAgainstJitsiTest {
    private static final int SSRC = 0xCAFEBABE;
    private final Random random = new Random(20261121);

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#withProfiles")
    void sealsTheSameBytesAcrossTwoRollOvers(SrtpProfile profile, CryptoProvider provider) throws Exception {
        byte[] key = bytes(profile.keyBytes());
        byte[] salt = bytes(profile.saltBytes());
        SrtpSender ours = new SrtpSender(profile, key, salt, new PacketCiphers(provider));
        JitsiOracle theirs = new JitsiOracle(true, profile, key, salt);
        byte[] out = new byte[2048];
        int sequence = 30_000;
        for (int i = 0; i < 2500; i++) {
            int payload = random.nextInt(1200);
            byte[] packet = i % 2 == 0
                    ? Packets.rtp(SSRC, sequence & 0xFFFF, payload, random)
                    : Packets.rtpWithExtensions(SSRC, sequence & 0xFFFF, payload, random);
            int length = packet.length - OFFSET - 64;
            int sealed = ours.protect(packet, OFFSET, length, out, 5);
            assertThat(sealed).isEqualTo(length + profile.tagBytes());
            assertThat(Arrays.copyOfRange(out, 5, 5 + sealed))
                    .as("packet %d", i)
                    .isEqualTo(theirs.rtp(SSRC, Arrays.copyOfRange(packet, OFFSET, OFFSET + length)));
            sequence += 1 + random.nextInt(90);
        }
        assertThat(sequence).isGreaterThan(2 * 65536);
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#withProfiles")
    void opensWhatJitsiSealsInPlaceAndElsewhereAcrossARollOverWithLoss(SrtpProfile profile, CryptoProvider provider)
            throws Exception {
        byte[] key = bytes(profile.keyBytes());
        byte[] salt = bytes(profile.saltBytes());
        SrtpReceiver ours = new SrtpReceiver(profile, key, salt, new PacketCiphers(provider));
        JitsiOracle theirs = new JitsiOracle(true, profile, key, salt);
        byte[] out = new byte[2048];
        for (int i = 0; i < 3000; i++) {
            int sequence = (64_000 + i) & 0xFFFF;
            byte[] packet = Packets.rtpWithExtensions(SSRC, sequence, random.nextInt(1200), random);
            byte[] plain = Arrays.copyOfRange(packet, OFFSET, packet.length - 64);
            byte[] sealed = theirs.rtp(SSRC, plain);
            if (random.nextInt(10) == 0) {
                continue;
            }
            byte[] in = Packets.shifted(sealed);
            boolean inPlace = i % 2 == 0;
            int length = inPlace
                    ? ours.unprotect(in, OFFSET, sealed.length, in, OFFSET)
                    : ours.unprotect(in, OFFSET, sealed.length, out, 3);
            assertThat(length).as("packet %d", i).isEqualTo(plain.length);
            byte[] opened =
                    inPlace ? Arrays.copyOfRange(in, OFFSET, OFFSET + length) : Arrays.copyOfRange(out, 3, 3 + length);
            assertThat(opened).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#withProfiles")
    void rtcpBothWays(SrtpProfile profile, CryptoProvider provider) throws Exception {
        byte[] key = bytes(profile.keyBytes());
        byte[] salt = bytes(profile.saltBytes());
        SrtpSender sender = new SrtpSender(profile, key, salt, new PacketCiphers(provider));
        JitsiOracle theirReceiver = new JitsiOracle(false, profile, key, salt);
        byte[] otherKey = bytes(profile.keyBytes());
        SrtpReceiver receiver = new SrtpReceiver(profile, otherKey, salt, new PacketCiphers(provider));
        JitsiOracle theirSender = new JitsiOracle(true, profile, otherKey, salt);
        byte[] out = new byte[2048];
        for (int i = 0; i < 200; i++) {
            byte[] plain = bytes(8 + 4 * random.nextInt(200));
            plain[0] = (byte) 0x80;
            plain[1] = (byte) 201;
            org.videowindow.bridge.rtp.BigEndian.putI32(plain, 4, SSRC);
            int sealed = sender.protectRtcp(Packets.shifted(plain), OFFSET, plain.length, out, 9);
            assertThat(sealed).isEqualTo(plain.length + sender.rtcpOverhead());
            assertThat(theirReceiver.rtcp(SSRC, Arrays.copyOfRange(out, 9, 9 + sealed)))
                    .isEqualTo(plain);

            byte[] fromThem = theirSender.rtcp(SSRC, plain);
            int opened = receiver.unprotectRtcp(Packets.shifted(fromThem), OFFSET, fromThem.length, out, 4);
            assertThat(opened).isEqualTo(plain.length);
            assertThat(Arrays.copyOfRange(out, 4, 4 + opened)).isEqualTo(plain);
            assertThat(receiver.unprotectRtcp(Packets.shifted(fromThem), OFFSET, fromThem.length, out, 4))
                    .isEqualTo(SrtpStatus.REPEATED);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
