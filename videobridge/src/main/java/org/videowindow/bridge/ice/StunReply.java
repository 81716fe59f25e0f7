package org.videowindow.bridge.ice;

import java.util.zip.CRC32;

/**
 * Writes replies to binding requests. One per worker; the bytes hold until the next reply is written. Replies carry what
 * the RFC demands and no more: an address that has proven nothing gets no reply at all, and a reply (64 bytes, with IPv6
 * 76) is smaller than the check it answers.
 */
public final class StunReply {
    private static final int LONGEST = 128;
    private static final int FINGERPRINT_LENGTH = 8;
    private static final long IPV4_PREFIX = 0xffffL;

    private final CRC32 crc = new CRC32();
    private final HmacSha1 hmac;
    private final byte[] bytes = new byte[LONGEST];
    private int length;

    public StunReply(HmacSha1 hmac) {
        this.hmac = hmac;
    }

    /** The reply; {@link #length} of its bytes count. */
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes of the reply. */
    public int length() {
        return length;
    }

    /** A success response with the address the request came from (RFC 8489 section 14.2). */
    void success(StunRequest request, HmacSha1.Key key, long addressHigh, long addressLow, int port) {
        begin(request, Stun.BINDING_SUCCESS);
        boolean ipv4 = addressHigh == 0 && addressLow >>> 32 == IPV4_PREFIX;
        attribute(Stun.XOR_MAPPED_ADDRESS, ipv4 ? 8 : 20);
        Stun.putU16(bytes, length, ipv4 ? 1 : 2);
        Stun.putU16(bytes, length + 2, port ^ (Stun.MAGIC_COOKIE >>> 16));
        if (ipv4) {
            Stun.putI32(bytes, length + 4, (int) addressLow ^ Stun.MAGIC_COOKIE);
            length += 8;
        } else {
            // XORed with the cookie and the transaction id, which lie next to each other in the header.
            xor(length + 4, addressHigh, 4);
            xor(length + 12, addressLow, 12);
            length += 20;
        }
        end(key);
    }

    private void xor(int at, long value, int maskAt) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) ((value >>> (56 - 8 * i)) ^ bytes[maskAt + i]);
        }
    }

    /** An error response without a reason phrase (RFC 8489 section 14.8). */
    void error(StunRequest request, HmacSha1.Key key, int code) {
        begin(request, Stun.BINDING_ERROR);
        attribute(Stun.ERROR_CODE, 4);
        Stun.putU16(bytes, length, 0);
        bytes[length + 2] = (byte) (code / 100);
        bytes[length + 3] = (byte) (code % 100);
        length += 4;
        if (code == 420) {
            int count = request.unknownCount();
            attribute(Stun.UNKNOWN_ATTRIBUTES, 2 * count);
            for (int i = 0; i < count; i++, length += 2) {
                Stun.putU16(bytes, length, request.unknownType(i));
            }
            if ((count & 1) != 0) {
                Stun.putU16(bytes, length, 0);
                length += 2;
            }
        }
        end(key);
    }

    private void begin(StunRequest request, int type) {
        Stun.putU16(bytes, 0, type);
        Stun.putI32(bytes, 4, Stun.MAGIC_COOKIE);
        request.copyTransactionId(bytes, Stun.TRANSACTION_ID);
        length = Stun.HEADER;
    }

    private void attribute(int type, int valueLength) {
        Stun.putU16(bytes, length, type);
        Stun.putU16(bytes, length + 2, valueLength);
        length += 4;
    }

    private void end(HmacSha1.Key key) {
        Stun.putU16(bytes, 2, length - Stun.HEADER + 4 + HmacSha1.LENGTH);
        hmac.begin(key);
        hmac.update(bytes, 0, length);
        attribute(Stun.MESSAGE_INTEGRITY, HmacSha1.LENGTH);
        hmac.end(key, bytes, length);
        length += HmacSha1.LENGTH;
        Stun.putU16(bytes, 2, length - Stun.HEADER + FINGERPRINT_LENGTH);
        crc.reset();
        crc.update(bytes, 0, length);
        attribute(Stun.FINGERPRINT, 4);
        Stun.putI32(bytes, length, (int) crc.getValue() ^ Stun.FINGERPRINT_XOR);
        length += 4;
    }
}
