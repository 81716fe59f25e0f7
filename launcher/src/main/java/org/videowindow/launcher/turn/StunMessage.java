package org.videowindow.launcher.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A message of STUN as it was received (RFC 8489, 5); of attributes that stand in it twice the first counts. */
public final class StunMessage {
    /** Methods of STUN, TURN and TURN over TCP (RFC 8489, 18.2; RFC 8656, 17; RFC 6062, 6.1). */
    public static final int BINDING = 0x001;

    public static final int ALLOCATE = 0x003;
    public static final int REFRESH = 0x004;
    public static final int SEND = 0x006;
    public static final int DATA = 0x007;
    public static final int CREATE_PERMISSION = 0x008;
    public static final int CHANNEL_BIND = 0x009;
    public static final int CONNECT = 0x00a;

    /** Attributes (RFC 8489, 18.3; RFC 8656, 18). */
    public static final int USERNAME = 0x0006;

    public static final int MESSAGE_INTEGRITY = 0x0008;
    public static final int ERROR_CODE = 0x0009;
    public static final int CHANNEL_NUMBER = 0x000c;
    public static final int LIFETIME = 0x000d;
    public static final int XOR_PEER_ADDRESS = 0x0012;
    public static final int PEER_DATA = 0x0013;
    public static final int REALM = 0x0014;
    public static final int NONCE = 0x0015;
    public static final int XOR_RELAYED_ADDRESS = 0x0016;
    public static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    public static final int REQUESTED_TRANSPORT = 0x0019;
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    public static final int SOFTWARE = 0x8022;

    static final int HEADER = 20;
    static final int MAGIC_COOKIE = 0x2112a442;
    private static final int INTEGRITY_LENGTH = 20;

    private final byte[] bytes;
    private final Map<Integer, ByteBuffer> attributes;
    private final int integrityAt;

    private StunMessage(byte[] bytes, Map<Integer, ByteBuffer> attributes, int integrityAt) {
        this.bytes = bytes;
        this.attributes = attributes;
        this.integrityAt = integrityAt;
    }

    /** Reads a message; empty when the bytes are none. */
    public static Optional<StunMessage> read(byte[] bytes) {
        if (bytes.length < HEADER || (bytes[0] & 0xc0) != 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = in.getShort(2) & 0xffff;
        if (in.getInt(4) != MAGIC_COOKIE || length % 4 != 0 || bytes.length != HEADER + length) {
            return Optional.empty();
        }
        Map<Integer, ByteBuffer> attributes = new LinkedHashMap<>();
        int integrityAt = -1;
        for (int at = HEADER; at < bytes.length; ) {
            int type = in.getShort(at) & 0xffff;
            int size = in.getShort(at + 2) & 0xffff;
            if (at + 4 + size > bytes.length) {
                return Optional.empty();
            }
            if (type == MESSAGE_INTEGRITY && size == INTEGRITY_LENGTH && integrityAt < 0) {
                integrityAt = at;
            }
            attributes.putIfAbsent(type, in.slice(at + 4, size).asReadOnlyBuffer());
            at += 4 + ((size + 3) & ~3);
        }
        return Optional.of(new StunMessage(bytes.clone(), attributes, integrityAt));
    }

    public int method() {
        int type = type();
        return (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2);
    }

    public boolean isSuccess() {
        return (type() & 0x0110) == 0x0100;
    }

    public boolean isError() {
        return (type() & 0x0110) == 0x0110;
    }

    public boolean isIndication() {
        return (type() & 0x0110) == 0x0010;
    }

    /** The 24 hexadecimal digits of the transaction. */
    public String transaction() {
        return HexFormat.of().formatHex(bytes, 8, HEADER);
    }

    /** All bytes of the message, as they came. */
    public int size() {
        return bytes.length;
    }

    public Optional<byte[]> attribute(int type) {
        ByteBuffer value = attributes.get(type);
        if (value == null) {
            return Optional.empty();
        }
        byte[] copy = new byte[value.remaining()];
        value.get(value.position(), copy);
        return Optional.of(copy);
    }

    public Optional<String> text(int type) {
        return attribute(type).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** A number of 32 bits, such as LIFETIME. */
    public Optional<Integer> number(int type) {
        return attribute(type)
                .filter(value -> value.length == 4)
                .map(value -> ByteBuffer.wrap(value).getInt());
    }

    /** The code of an error response (RFC 8489, 14.8); 0 where there is none. */
    public int errorCode() {
        return attribute(ERROR_CODE)
                .filter(value -> value.length >= 4)
                .map(value -> (value[2] & 7) * 100 + value[3])
                .orElse(0);
    }

    /** The reason of an error response; may be empty. */
    public String errorReason() {
        return attribute(ERROR_CODE)
                .filter(value -> value.length >= 4)
                .map(value -> new String(value, 4, value.length - 4, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** An address that is masked with cookie and transaction (RFC 8489, 14.2). */
    public Optional<InetSocketAddress> address(int type) {
        byte[] value = attribute(type).orElse(new byte[0]);
        if (value.length != 8 && value.length != 20) {
            return Optional.empty();
        }
        int port = (((value[2] & 0xff) << 8) | (value[3] & 0xff)) ^ (MAGIC_COOKIE >>> 16);
        byte[] address = mask(Arrays.copyOfRange(value, 4, value.length), bytes);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }

    /** Whether MESSAGE-INTEGRITY is there and made with this key (RFC 8489, 14.5). */
    public boolean isSignedWith(byte[] key) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] covered = Arrays.copyOf(bytes, integrityAt);
        ByteBuffer.wrap(covered).putShort(2, (short) (integrityAt + 4 + INTEGRITY_LENGTH - HEADER));
        byte[] found = Arrays.copyOfRange(bytes, integrityAt + 4, integrityAt + 4 + INTEGRITY_LENGTH);
        return MessageDigest.isEqual(hmac(key, covered), found);
    }

    private int type() {
        return ByteBuffer.wrap(bytes).getShort(0);
    }

    /** Masks or unmasks an address; {@code message} begins with the header that it stands under. */
    static byte[] mask(byte[] address, byte[] message) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            masked[i] = (byte) (address[i] ^ message[4 + i]);
        }
        return masked;
    }

    static byte[] hmac(byte[] key, byte[] covered) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java platform has HmacSHA1.
        }
    }
}
