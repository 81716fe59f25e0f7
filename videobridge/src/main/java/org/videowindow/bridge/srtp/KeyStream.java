package org.videowindow.bridge.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.videowindow.bridge.rtp.BigEndian;

/**
 * AES in counter mode under one key, with the counter's start value of RFC 3711 section 4.1.1. Encrypts all counter
 * blocks of a packet in one ECB call, because the JDK's counter mode wants a new parameter object per packet while ECB
 * keeps its key for ever: no garbage, and the wide AES instructions are used.
 */
final class KeyStream {
    private static final int BLOCK = 16;

    private final Cipher aes;
    private final long saltHigh;
    private final long saltLow;
    private byte[] counters = new byte[1520];
    private byte[] stream = new byte[1520];

    KeyStream(byte[] key, byte[] salt) throws GeneralSecurityException {
        aes = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] padded = java.util.Arrays.copyOf(salt, BLOCK);
        saltHigh = BigEndian.i64(padded, 0);
        saltLow = BigEndian.i64(padded, 8);
    }

    /** Encrypts or decrypts {@code length} bytes; in place is allowed. */
    void apply(byte[] in, int offset, int length, byte[] out, int outOffset, int ssrc, long index) {
        int padded = (length + BLOCK - 1) & -BLOCK;
        if (padded > counters.length) {
            counters = new byte[padded];
            stream = new byte[padded];
        }
        long high = saltHigh ^ (ssrc & 0xFFFF_FFFFL);
        long low = saltLow ^ (index << 16);
        for (int at = 0; at < padded; at += BLOCK) {
            BigEndian.putI64(counters, at, high);
            BigEndian.putI64(counters, at + 8, low);
            low++;
        }
        try {
            aes.update(counters, 0, padded, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
        int i = 0;
        for (; i <= length - 8; i += 8) {
            BigEndian.putI64(out, outOffset + i, BigEndian.i64(in, offset + i) ^ BigEndian.i64(stream, i));
        }
        for (; i < length; i++) {
            out[outOffset + i] = (byte) (in[offset + i] ^ stream[i]);
        }
    }
}
