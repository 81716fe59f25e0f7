package org.videowindow.bridge.srtp;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;

/** jitsi-srtp with the same shape as our classes: an independent implementation to compare with. */
final class JitsiOracle {
    static {
        // Otherwise it measures every implementation for seconds and takes the fastest.
        org.jitsi.srtp.crypto.Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
    }

    private final SrtpContextFactory factory;
    private final boolean sender;
    private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();

    JitsiOracle(boolean sender, SrtpProfile profile, byte[] key, byte[] salt) {
        this.sender = sender;
        factory = new SrtpContextFactory(
                sender,
                key.clone(),
                salt.clone(),
                policy(profile),
                policy(profile),
                new LoggerImpl("oracle", Level.OFF));
    }

    private static SrtpPolicy policy(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
            case AES128_CM_HMAC_SHA1_80 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        };
    }

    /** Seals or opens RTP; the result, or null when it was refused. */
    byte[] rtp(int ssrc, byte[] packet) throws GeneralSecurityException {
        Region region = new Region(packet);
        SrtpCryptoContext context = rtp.get(ssrc);
        if (context == null) {
            context = factory.deriveContext(ssrc, 0);
            rtp.put(ssrc, context);
        }
        SrtpErrorStatus status =
                sender ? context.transformPacket(region) : context.reverseTransformPacket(region, false);
        return status == SrtpErrorStatus.OK ? region.copy() : null;
    }

    /** Seals or opens RTCP; the result, or null when it was refused. */
    byte[] rtcp(int ssrc, byte[] packet) throws GeneralSecurityException {
        Region region = new Region(packet);
        SrtcpCryptoContext context = rtcp.get(ssrc);
        if (context == null) {
            context = factory.deriveControlContext(ssrc);
            rtcp.put(ssrc, context);
        }
        SrtpErrorStatus status = sender ? context.transformPacket(region) : context.reverseTransformPacket(region);
        return status == SrtpErrorStatus.OK ? region.copy() : null;
    }

    private static final class Region implements ByteArrayBuffer {
        private byte[] buffer;
        private int offset = 10;
        private int length;

        Region(byte[] bytes) {
            buffer = new byte[bytes.length + 64];
            System.arraycopy(bytes, 0, buffer, offset, bytes.length);
            length = bytes.length;
        }

        byte[] copy() {
            return java.util.Arrays.copyOfRange(buffer, offset, offset + length);
        }

        @Override
        public byte[] getBuffer() {
            return buffer;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int value) {
            length = value;
        }

        @Override
        public void setOffset(int value) {
            offset = value;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int at, int count, byte[] out) {
            System.arraycopy(buffer, offset + at, out, 0, count);
        }

        @Override
        public void grow(int bytes) {
            buffer = java.util.Arrays.copyOf(buffer, buffer.length + bytes);
        }

        @Override
        public void append(byte[] data, int count) {
            grow(count);
            System.arraycopy(data, 0, buffer, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int bytes) {
            length -= bytes;
        }
    }
}
