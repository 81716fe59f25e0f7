package org.videowindow.bridge.ice;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes STUN messages for tests, right and wrong ones; knows nothing of the code under test. */
public final class StunMessages {
    public static final int USERNAME = 0x0006;
    public static final int PRIORITY = 0x0024;
    public static final int USE_CANDIDATE = 0x0025;
    public static final int ICE_CONTROLLED = 0x8029;
    public static final int ICE_CONTROLLING = 0x802A;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private StunMessages(int type, byte[] transactionId) {
        u16(type);
        u16(0);
        u32(0x2112A442);
        bytes.writeBytes(transactionId);
    }

    /** A binding request without attributes. */
    public static StunMessages request(byte[] transactionId) {
        return new StunMessages(0x0001, transactionId);
    }

    /** A message of any type. */
    public static StunMessages message(int type, byte[] transactionId) {
        return new StunMessages(type, transactionId);
    }

    /** What a controlling browser sends. */
    public static byte[] check(byte[] transactionId, String username, String password, boolean nominate) {
        StunMessages message = request(transactionId).username(username).attribute(0xC057, new byte[] {0, 1, 0, 10});
        message.attribute(ICE_CONTROLLING, new byte[8]);
        if (nominate) {
            message.attribute(USE_CANDIDATE, new byte[0]);
        }
        return message.attribute(PRIORITY, new byte[] {110, 127, 30, -1})
                .integrity(password)
                .fingerprint();
    }

    public StunMessages username(String username) {
        return attribute(USERNAME, username.getBytes(StandardCharsets.UTF_8));
    }

    public StunMessages attribute(int type, byte[] value) {
        u16(type);
        u16(value.length);
        bytes.writeBytes(value);
        bytes.writeBytes(new byte[(4 - value.length % 4) % 4]);
        return this;
    }

    public StunMessages integrity(String password) {
        byte[] covered = bytes.toByteArray();
        ByteBuffer.wrap(covered).putShort(2, (short) (covered.length - 20 + 24));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return attribute(0x0008, mac.doFinal(covered));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends the message with a FINGERPRINT. */
    public byte[] fingerprint() {
        byte[] covered = bytes.toByteArray();
        ByteBuffer.wrap(covered).putShort(2, (short) (covered.length - 20 + 8));
        CRC32 crc = new CRC32();
        crc.update(covered);
        attribute(
                0x8028,
                ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 0x5354554e).array());
        return end();
    }

    /** Ends the message as it is. */
    public byte[] end() {
        byte[] message = bytes.toByteArray();
        ByteBuffer.wrap(message).putShort(2, (short) (message.length - 20));
        return message;
    }

    private void u16(int value) {
        bytes.write(value >> 8);
        bytes.write(value);
    }

    private void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }
}
