package org.videowindow.bridge.rtp;

/**
 * A movable view of one RTP packet inside a {@code byte[]} (RFC 3550 section 5.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           synchronization source (SSRC) identifier            |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |            contributing sources (CSRC), CC of them            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  extension profile (X = 1)    |   length in 32-bit words      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    extension elements, payload, padding       |
 * </pre>
 *
 * <p>The packet path has one kind of buffer, {@code byte[]} with offset and length: the JDK's ciphers are fastest on heap
 * arrays, arrays need no life cycle, and the copy from or to the kernel's memory costs 16 ns, a thirtieth of a decryption.
 *
 * <p>{@link #wrap} checks the packet once; every accessor relies on that. Owned by one thread, reused for every packet.
 */
public final class RtpPacket {
    /** Bytes of the header without contributing sources and extension. */
    public static final int FIXED_HEADER_BYTES = 12;

    /** Extension profile of elements with a one-byte header (RFC 8285 section 4.2). */
    static final int ONE_BYTE_PROFILE = 0xBEDE;

    /** Extension profile of elements with a two-byte header, without the four application bits (section 4.3). */
    static final int TWO_BYTE_PROFILE = 0x1000;

    private static final int PADDING_BIT = 0x20;
    private static final int EXTENSION_BIT = 0x10;

    private byte[] buffer = {};
    private int offset;
    private int length;
    private int headerLength;
    private int paddingLength;
    private int elementOffset;
    private int elementLength;

    /**
     * Length of the header with contributing sources and extension, or -1 when this cannot be an RTP packet. Reads no
     * further than the header, so it serves packets whose payload is still encrypted.
     */
    public static int headerLength(byte[] buffer, int offset, int length) {
        if (length < FIXED_HEADER_BYTES || (buffer[offset] & 0xC0) != 0x80) {
            return -1;
        }
        int header = FIXED_HEADER_BYTES + (buffer[offset] & 0x0F) * 4;
        if ((buffer[offset] & EXTENSION_BIT) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + BigEndian.u16(buffer, offset + header + 2) * 4;
        }
        return header <= length ? header : -1;
    }

    /** Sequence number of the packet at {@code offset}, whose header was checked. */
    public static int sequenceNumber(byte[] buffer, int offset) {
        return BigEndian.u16(buffer, offset + 2);
    }

    /** Timestamp of the packet at {@code offset}, whose header was checked. */
    public static int timestamp(byte[] buffer, int offset) {
        return BigEndian.i32(buffer, offset + 4);
    }

    /** SSRC of the packet at {@code offset}, whose header was checked. */
    public static int ssrc(byte[] buffer, int offset) {
        return BigEndian.i32(buffer, offset + 8);
    }

    /** Payload type of the packet at {@code offset}, whose header was checked. */
    public static int payloadType(byte[] buffer, int offset) {
        return buffer[offset + 1] & 0x7F;
    }

    /**
     * Looks at a packet in the clear.
     *
     * @return false when these bytes are no RTP packet (version, lengths, padding count); the view is then unusable
     */
    public boolean wrap(byte[] bytes, int at, int byteCount) {
        int header = headerLength(bytes, at, byteCount);
        if (header < 0) {
            return false;
        }
        int padding = 0;
        if ((bytes[at] & PADDING_BIT) != 0) {
            padding = byteCount > header ? bytes[at + byteCount - 1] & 0xFF : 0;
            if (padding == 0 || padding > byteCount - header) {
                return false;
            }
        }
        buffer = bytes;
        offset = at;
        length = byteCount;
        headerLength = header;
        paddingLength = padding;
        return true;
    }

    /** The array the packet is in. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where it begins. */
    public int offset() {
        return offset;
    }

    /** Its bytes, with header and padding. */
    public int length() {
        return length;
    }

    /** Bytes of header, contributing sources and extension. */
    public int headerLength() {
        return headerLength;
    }

    /** Where the payload begins in {@link #buffer()}. */
    public int payloadOffset() {
        return offset + headerLength;
    }

    /** Bytes of payload, without padding. */
    public int payloadLength() {
        return length - headerLength - paddingLength;
    }

    /** Bytes of padding, the count byte included. */
    public int paddingLength() {
        return paddingLength;
    }

    /** Adds a byte of padding to a packet that has none, in the buffer, where there must be room for it. */
    public void padByOne() {
        if (paddingLength == 0 && offset + length < buffer.length) {
            buffer[offset] |= PADDING_BIT;
            buffer[offset + length] = 1;
            length++;
            paddingLength = 1;
        }
    }

    /** The marker bit. */
    public boolean marker() {
        return (buffer[offset + 1] & 0x80) != 0;
    }

    /** Payload type, 0 to 127. */
    public int payloadType() {
        return buffer[offset + 1] & 0x7F;
    }

    /** Sequence number, 0 to 65535. */
    public int sequenceNumber() {
        return BigEndian.u16(buffer, offset + 2);
    }

    /** Timestamp, an unsigned 32-bit number in an {@code int}. */
    public int timestamp() {
        return BigEndian.i32(buffer, offset + 4);
    }

    /** Synchronization source, an unsigned 32-bit number in an {@code int}. */
    public int ssrc() {
        return BigEndian.i32(buffer, offset + 8);
    }

    /** Contributing sources, 0 to 15. */
    public int csrcCount() {
        return buffer[offset] & 0x0F;
    }

    /** Contributing source {@code index}. */
    public int csrc(int index) {
        return BigEndian.i32(buffer, offset + FIXED_HEADER_BYTES + index * 4);
    }

    /** Whether there is a header extension. */
    public boolean hasExtension() {
        return (buffer[offset] & EXTENSION_BIT) != 0;
    }

    /** Sets the marker bit. */
    public void marker(boolean on) {
        buffer[offset + 1] = (byte) ((buffer[offset + 1] & 0x7F) | (on ? 0x80 : 0));
    }

    /** Sets the payload type, 0 to 127. */
    public void payloadType(int type) {
        buffer[offset + 1] = (byte) ((buffer[offset + 1] & 0x80) | (type & 0x7F));
    }

    /** Sets the sequence number; the low 16 bits count. */
    public void sequenceNumber(int number) {
        BigEndian.putU16(buffer, offset + 2, number);
    }

    /** Sets the timestamp. */
    public void timestamp(int timestamp) {
        BigEndian.putI32(buffer, offset + 4, timestamp);
    }

    /** Sets the synchronization source. */
    public void ssrc(int ssrc) {
        BigEndian.putI32(buffer, offset + 8, ssrc);
    }

    /**
     * Finds a header extension element by its id (RFC 8285, both forms); then {@link #elementOffset()} and
     * {@link #elementLength()} tell where its data is. An element whose length lies ends the search.
     *
     * @param id 1 to 14, or to 255 where the packet uses the two-byte form
     */
    public boolean findExtension(int id) {
        if (!hasExtension()) {
            return false;
        }
        int extension = offset + FIXED_HEADER_BYTES + csrcCount() * 4;
        int profile = BigEndian.u16(buffer, extension);
        int at = extension + 4;
        int end = offset + headerLength;
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(id, at, end);
        }
        return (profile & 0xFFF0) == TWO_BYTE_PROFILE && findTwoByte(id, at, end);
    }

    private boolean findOneByte(int id, int from, int end) {
        int at = from;
        while (at < end) {
            int head = buffer[at] & 0xFF;
            if (head == 0) {
                at++;
                continue;
            }
            int elementId = head >> 4;
            int size = (head & 0x0F) + 1;
            // Id 15 is reserved and ends the elements; id 0 with a length is padding that lies.
            if (elementId == 15 || elementId == 0 || at + 1 + size > end) {
                return false;
            }
            if (elementId == id) {
                elementOffset = at + 1;
                elementLength = size;
                return true;
            }
            at += 1 + size;
        }
        return false;
    }

    private boolean findTwoByte(int id, int from, int end) {
        int at = from;
        while (at < end) {
            int elementId = buffer[at] & 0xFF;
            if (elementId == 0) {
                at++;
                continue;
            }
            if (at + 2 > end) {
                return false;
            }
            int size = buffer[at + 1] & 0xFF;
            if (at + 2 + size > end) {
                return false;
            }
            if (elementId == id) {
                elementOffset = at + 2;
                elementLength = size;
                return true;
            }
            at += 2 + size;
        }
        return false;
    }

    /** Where the data of the element found last begins in {@link #buffer()}. */
    public int elementOffset() {
        return elementOffset;
    }

    /** Bytes of data of the element found last. */
    public int elementLength() {
        return elementLength;
    }

    /**
     * Turns an element into padding, in place: the packet keeps its length, receivers skip the zeros (RFC 8285 section
     * 4.1.1). For what must not be forwarded, such as the sender's own media identification.
     *
     * @return whether there was one
     */
    public boolean blankExtension(int id) {
        if (!findExtension(id)) {
            return false;
        }
        boolean oneByte = BigEndian.u16(buffer, offset + FIXED_HEADER_BYTES + csrcCount() * 4) == ONE_BYTE_PROFILE;
        int from = elementOffset - (oneByte ? 1 : 2);
        java.util.Arrays.fill(buffer, from, elementOffset + elementLength, (byte) 0);
        return true;
    }

    /**
     * Client-to-mixer audio level (RFC 6464) as loudness below overload: 0 is loudest, 127 silence.
     *
     * @return -1 when the packet carries none
     */
    public int audioLevel(int id) {
        return findExtension(id) && elementLength >= 1 ? buffer[elementOffset] & 0x7F : -1;
    }

    /** Whether the audio level's voice-activity bit (RFC 6464 section 3) is there and set. */
    public boolean voiceActivity(int id) {
        return findExtension(id) && elementLength >= 1 && (buffer[elementOffset] & 0x80) != 0;
    }

    /** Transport-wide sequence number, or -1 when the packet carries none. */
    public int transportSequence(int id) {
        return findExtension(id) && elementLength >= 2 ? BigEndian.u16(buffer, elementOffset) : -1;
    }

    /**
     * Overwrites the transport-wide sequence number in place.
     *
     * @return false when the packet has no room for one
     */
    public boolean transportSequence(int id, int number) {
        if (!findExtension(id) || elementLength < 2) {
            return false;
        }
        BigEndian.putU16(buffer, elementOffset, number);
        return true;
    }

    /** Absolute send time, 24 bits of 6.18 fixed-point seconds, or -1 when the packet carries none. */
    public int absoluteSendTime(int id) {
        return findExtension(id) && elementLength == 3 ? BigEndian.u24(buffer, elementOffset) : -1;
    }

    /**
     * Overwrites the absolute send time in place.
     *
     * @param nanos any monotonic clock
     * @return false when the packet has no room for one
     */
    public boolean absoluteSendTime(int id, long nanos) {
        if (!findExtension(id) || elementLength != 3) {
            return false;
        }
        BigEndian.putU24(buffer, elementOffset, toAbsoluteSendTime(nanos));
        return true;
    }

    /** A clock's nanoseconds as 24 bits of 6.18 fixed-point seconds, wrapping every 64 s. */
    public static int toAbsoluteSendTime(long nanos) {
        long within = Math.floorMod(nanos, 64_000_000_000L);
        return (int) ((within << 18) / 1_000_000_000L) & 0xFF_FFFF;
    }
}
