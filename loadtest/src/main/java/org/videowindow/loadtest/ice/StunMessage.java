package org.videowindow.loadtest.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** STUN messages of connectivity checks (RFC 8489, RFC 8445 section 7.1), read and written. */
final class StunMessage {
    static final int REQUEST = 0x0001;
    static final int INDICATION = 0x0011;
    static final int SUCCESS = 0x0101;
    static final int ERROR = 0x0111;
    static final int USERNAME = 0x0006;
    static final int ERROR_CODE = 0x0009;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int CONTROLLED = 0x8029;
    static final int CONTROLLING = 0x802A;
    static final int ROLE_CONFLICT = 487;

    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int FINGERPRINT = 0x8028;
    private static final int COOKIE = 0x2112A442;
    private static final int HEADER = 20;
    private static final int FINGERPRINT_XOR = 0x5354554E;
    private static final int LONGEST = 1500;

    private final byte[] datagram;
    private final ByteBuffer bytes;

    private StunMessage(byte[] datagram) {
        this.datagram = datagram;
        this.bytes = ByteBuffer.wrap(datagram);
    }

    /** The message in these bytes, if they are one. */
    static Optional<StunMessage> parse(byte[] datagram) {
        if (datagram.length < HEADER || datagram.length > LONGEST) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        boolean whole = bytes.getInt(4) == COOKIE && HEADER + (bytes.getShort(2) & 0xffff) == datagram.length;
        return whole ? Optional.of(new StunMessage(datagram)) : Optional.empty();
    }

    int type() {
        return bytes.getShort(0) & 0xffff;
    }

    byte[] transaction() {
        return Arrays.copyOfRange(datagram, 8, HEADER);
    }

    /** Offset of an attribute's value, or -1. */
    private int find(int wanted) {
        int at = HEADER;
        while (at + 4 <= bytes.capacity()) {
            int length = bytes.getShort(at + 2) & 0xffff;
            if (at + 4 + length > bytes.capacity()) {
                return -1;
            }
            if ((bytes.getShort(at) & 0xffff) == wanted) {
                return at + 4;
            }
            at += 4 + ((length + 3) & ~3);
        }
        return -1;
    }

    boolean has(int attribute) {
        return find(attribute) >= 0;
    }

    /** The error code, 0 without one. */
    int errorCode() {
        int at = find(ERROR_CODE);
        return at < 0 || at + 4 > bytes.capacity() ? 0 : (bytes.get(at + 2) & 7) * 100 + (bytes.get(at + 3) & 0xff);
    }

    /** The tie breaker of a role attribute, 0 without one. */
    long tieBreaker(int attribute) {
        int at = find(attribute);
        return at < 0 || at + 8 > bytes.capacity() ? 0 : bytes.getLong(at);
    }

    /** Whether MESSAGE-INTEGRITY was made with this password. */
    boolean isAuthentic(String password) {
        int value = find(MESSAGE_INTEGRITY);
        if (value < 0 || value + 20 > bytes.capacity()) {
            return false;
        }
        byte[] covered = Arrays.copyOf(datagram, value - 4);
        ByteBuffer.wrap(covered).putShort(2, (short) (value + 20 - HEADER));
        return MessageDigest.isEqual(hmac(password, covered), Arrays.copyOfRange(datagram, value, value + 20));
    }

    /** Writes a message attribute by attribute. */
    static final class Writer {
        private final ByteBuffer out = ByteBuffer.allocate(256);

        Writer(int type, byte[] transaction) {
            out.putShort((short) type).putShort((short) 0).putInt(COOKIE).put(transaction);
        }

        Writer text(int attribute, String value) {
            return raw(attribute, value.getBytes(StandardCharsets.UTF_8));
        }

        Writer number(int attribute, int value) {
            return raw(attribute, ByteBuffer.allocate(4).putInt(value).array());
        }

        Writer number(int attribute, long value) {
            return raw(attribute, ByteBuffer.allocate(8).putLong(value).array());
        }

        Writer flag(int attribute) {
            return raw(attribute, new byte[0]);
        }

        Writer address(int address, int port) {
            return raw(
                    XOR_MAPPED_ADDRESS,
                    ByteBuffer.allocate(8)
                            .putShort((short) 1)
                            .putShort((short) (port ^ (COOKIE >>> 16)))
                            .putInt(address ^ COOKIE)
                            .array());
        }

        Writer error(int code) {
            return raw(ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
        }

        private Writer raw(int attribute, byte[] value) {
            out.putShort((short) attribute).putShort((short) value.length).put(value);
            while (out.position() % 4 != 0) {
                out.put((byte) 0);
            }
            return this;
        }

        /** Adds integrity and fingerprint. */
        byte[] finish(String password) {
            out.putShort(2, (short) (out.position() + 24 - HEADER));
            raw(MESSAGE_INTEGRITY, hmac(password, Arrays.copyOf(out.array(), out.position())));
            out.putShort(2, (short) (out.position() + 8 - HEADER));
            CRC32 crc = new CRC32();
            crc.update(out.array(), 0, out.position());
            number(FINGERPRINT, (int) crc.getValue() ^ FINGERPRINT_XOR);
            return Arrays.copyOf(out.array(), out.position());
        }
    }

    private static byte[] hmac(String password, byte[] covered) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no HMAC-SHA1.", e);
        }
    }
}
