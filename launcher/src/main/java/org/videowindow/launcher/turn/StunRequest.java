package org.videowindow.launcher.turn;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A request or indication being written (RFC 8489, 5), with a transaction of its own. Used by one thread. */
public final class StunRequest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] header = new byte[StunMessage.HEADER];
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();

    private StunRequest(int method, int kind) {
        byte[] transaction = new byte[12];
        RANDOM.nextBytes(transaction);
        int type = (method & 0x000f) | ((method & 0x0070) << 1) | ((method & 0x0f80) << 2) | kind;
        ByteBuffer.wrap(header)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(StunMessage.MAGIC_COOKIE)
                .put(transaction);
    }

    public static StunRequest request(int method) {
        return new StunRequest(method, 0);
    }

    public static StunRequest indication(int method) {
        return new StunRequest(method, 0x0010);
    }

    public StunRequest with(int type, byte[] value) {
        attributes.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) type)
                .putShort((short) value.length)
                .array());
        attributes.writeBytes(value);
        attributes.writeBytes(new byte[-value.length & 3]);
        return this;
    }

    public StunRequest with(int type, String value) {
        return with(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A number of 32 bits. */
    public StunRequest with(int type, int value) {
        return with(type, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** An address, masked (RFC 8489, 14.2). */
    public StunRequest with(int type, InetSocketAddress address) {
        return with(type, address.getAddress().getAddress(), address.getPort());
    }

    /** The same with the bytes of the address: also for IPv4-mapped ones, which Java takes for IPv4. */
    public StunRequest with(int type, byte[] address, int port) {
        ByteBuffer value = ByteBuffer.allocate(4 + address.length)
                .putShort((short) (address.length == 4 ? 1 : 2))
                .putShort((short) (port ^ (StunMessage.MAGIC_COOKIE >>> 16)))
                .put(StunMessage.mask(address, header));
        return with(type, value.array());
    }

    /** The 24 hexadecimal digits of the transaction. */
    public String transaction() {
        return HexFormat.of().formatHex(header, 8, StunMessage.HEADER);
    }

    /** The message without integrity. */
    public byte[] bytes() {
        return bytes(attributes.size());
    }

    /** The message with MESSAGE-INTEGRITY of HMAC-SHA1 at its end (RFC 8489, 14.5). */
    public byte[] signed(byte[] key) {
        byte[] tag = StunMessage.hmac(key, bytes(attributes.size() + 24));
        with(StunMessage.MESSAGE_INTEGRITY, tag);
        return bytes();
    }

    private byte[] bytes(int lengthField) {
        byte[] bytes = new byte[StunMessage.HEADER + attributes.size()];
        System.arraycopy(header, 0, bytes, 0, header.length);
        System.arraycopy(attributes.toByteArray(), 0, bytes, header.length, attributes.size());
        ByteBuffer.wrap(bytes).putShort(2, (short) lengthField);
        return bytes;
    }
}
