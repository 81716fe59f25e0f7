package org.videowindow.bridge.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.hex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers printed in RFC 3711 appendix B and RFC 7714 sections 16 and 17. */
class SrtpVectorsTest {
    private static final byte[] GCM_KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] GCM_SALT = hex("517569642070726f2071756f");

    @Test
    void keyDerivationOfRfc3711AppendixB3() {
        SessionKeys keys = SessionKeys.derive(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
                hex("0EC675AD498AFEEBB6960B3AABE6"));
        assertThat(keys.rtpKey).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.rtpSalt).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.rtpAuthentication).isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    @Test
    void keyStreamOfRfc3711AppendixB2() throws Exception {
        KeyStream stream = new KeyStream(hex("2B7E151628AED2A6ABF7158809CF4F3C"), hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        byte[] out = new byte[48];
        stream.apply(new byte[48], 0, 48, out, 0, 0, 0);
        assertThat(out)
                .isEqualTo(hex("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB"
                        + " 41E95B3BB0A2E8DD477901E4FCA894C0"));
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void sealedRtpOfRfc7714Section16(CryptoProvider provider) {
        byte[] plain = hex("8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070"
                + " 61727465 73207472 6573");
        byte[] sealed = hex("8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a"
                + " 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce");
        PacketCipher cipher = gcm(provider);
        byte[] out = new byte[sealed.length];
        int length = cipher.sealRtp(plain, 0, 12, plain.length, out, 0, 0x5501a0b2, 0xf17b);
        assertThat(length).isEqualTo(sealed.length);
        assertThat(out).isEqualTo(sealed);

        byte[] opened = new byte[plain.length];
        assertThat(cipher.openRtp(sealed, 0, 12, sealed.length, opened, 0, 0x5501a0b2, 0xf17b))
                .isEqualTo(plain.length);
        assertThat(opened).isEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void sealedRtcpOfRfc7714Section17(CryptoProvider provider) {
        byte[] plain = hex("81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef"
                + " deadbeef deadbeef deadbeef");
        byte[] sealed = hex("81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda"
                + " 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4");
        PacketCipher cipher = gcm(provider);
        byte[] out = new byte[sealed.length];
        assertThat(cipher.sealRtcp(plain, 0, plain.length, out, 0, 0x4d617273, 0x5d4))
                .isEqualTo(sealed.length);
        assertThat(out).isEqualTo(sealed);

        byte[] opened = new byte[sealed.length];
        assertThat(cipher.openRtcp(sealed, 0, sealed.length, opened, 0, 0x4d617273))
                .isEqualTo(plain.length);
        assertThat(opened).startsWith(plain);
    }

    private static PacketCipher gcm(CryptoProvider provider) {
        byte[] unused = new byte[20];
        return new PacketCiphers(provider)
                .create(
                        SrtpProfile.AEAD_AES_128_GCM,
                        new SessionKeys(GCM_KEY, unused, GCM_SALT, GCM_KEY, unused, GCM_SALT));
    }
}
