package org.videowindow.loadtest.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of AEAD_AES_128_GCM (RFC 7714). The caller counts packets: it gives the 48-bit index. Owned by one thread.
 */
public final class GcmContext {
    /** What an RTP packet grows by. */
    public static final int RTP_OVERHEAD = 16;

    /** What an RTCP packet grows by: tag and index. */
    public static final int RTCP_OVERHEAD = 20;

    private static final int RTCP_HEADER = 8;
    private static final int ENCRYPTED = 0x8000_0000;
    private static final int TAG_BITS = 128;

    private final Cipher cipher;
    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final byte[] iv = new byte[12];
    private final byte[] word = new byte[4];
    private int rtcpIndex;

    /** Derives the session keys (RFC 3711 section 4.3: AES in counter mode, a label per key). */
    public GcmContext(byte[] masterKey, byte[] masterSalt) {
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"));
            rtpKey = new SecretKeySpec(derive(aes, masterSalt, 0, SrtpKeys.KEY_BYTES), "AES");
            rtpSalt = derive(aes, masterSalt, 2, SrtpKeys.SALT_BYTES);
            rtcpKey = new SecretKeySpec(derive(aes, masterSalt, 3, SrtpKeys.KEY_BYTES), "AES");
            rtcpSalt = derive(aes, masterSalt, 5, SrtpKeys.SALT_BYTES);
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no AES.", e);
        }
    }

    private static byte[] derive(Cipher aes, byte[] masterSalt, int label, int length) throws GeneralSecurityException {
        byte[] counter = Arrays.copyOf(masterSalt, 16);
        counter[7] ^= (byte) label;
        return Arrays.copyOf(aes.doFinal(counter), length);
    }

    /**
     * Protects an RTP packet.
     *
     * @param header bytes of its header with extensions
     * @param length of the whole packet
     * @param index sequence number with its roll-over count
     * @return length of what is in {@code out} from 0
     */
    public int sealRtp(byte[] packet, int header, int length, int ssrc, long index, byte[] out) {
        try {
            start(Cipher.ENCRYPT_MODE, rtpKey, rtpSalt, ssrc, index);
            cipher.updateAAD(packet, 0, header);
            System.arraycopy(packet, 0, out, 0, header);
            return header + cipher.doFinal(packet, header, length - header, out, header);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed.", e);
        }
    }

    /**
     * Opens an RTP packet in place.
     *
     * @return length of the plain packet, or -1 when it is not authentic
     */
    public int openRtp(byte[] packet, int header, int length, int ssrc, long index) {
        if (length < header + RTP_OVERHEAD) {
            return -1;
        }
        try {
            start(Cipher.DECRYPT_MODE, rtpKey, rtpSalt, ssrc, index);
            cipher.updateAAD(packet, 0, header);
            return header + cipher.doFinal(packet, header, length - header, packet, header);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed.", e);
        }
    }

    /** Protects a compound of RTCP with the next index; answers the length of what is in {@code out} from 0. */
    public int sealRtcp(byte[] compound, int length, byte[] out) {
        int index = rtcpIndex++ | ENCRYPTED;
        putInt(word, 0, index);
        try {
            start(Cipher.ENCRYPT_MODE, rtcpKey, rtcpSalt, getInt(compound, 4), index & ~ENCRYPTED);
            cipher.updateAAD(compound, 0, RTCP_HEADER);
            cipher.updateAAD(word);
            System.arraycopy(compound, 0, out, 0, RTCP_HEADER);
            int end = RTCP_HEADER + cipher.doFinal(compound, RTCP_HEADER, length - RTCP_HEADER, out, RTCP_HEADER);
            putInt(out, end, index);
            return end + 4;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed.", e);
        }
    }

    /** Opens RTCP in place; answers the length of the plain compound, or -1 when it is not authentic. */
    public int openRtcp(byte[] packet, int length) {
        if (length < RTCP_HEADER + RTCP_OVERHEAD) {
            return -1;
        }
        int index = getInt(packet, length - 4);
        if (index >= 0) {
            return -1;
        }
        putInt(word, 0, index);
        try {
            start(Cipher.DECRYPT_MODE, rtcpKey, rtcpSalt, getInt(packet, 4), index & ~ENCRYPTED);
            cipher.updateAAD(packet, 0, RTCP_HEADER);
            cipher.updateAAD(word);
            return RTCP_HEADER + cipher.doFinal(packet, RTCP_HEADER, length - 4 - RTCP_HEADER, packet, RTCP_HEADER);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed.", e);
        }
    }

    private void start(int mode, SecretKeySpec key, byte[] salt, int ssrc, long index) throws GeneralSecurityException {
        iv[0] = 0;
        iv[1] = 0;
        putInt(iv, 2, ssrc);
        iv[6] = (byte) (index >>> 40);
        iv[7] = (byte) (index >>> 32);
        putInt(iv, 8, (int) index);
        for (int i = 0; i < iv.length; i++) {
            iv[i] ^= salt[i];
        }
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    }

    private static int getInt(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
