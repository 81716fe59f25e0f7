package org.videowindow.bridge.tcp;

import java.nio.ByteBuffer;

/**
 * Cuts the bytes of one connection into packets (RFC 4571 section 2: 16 bits of length, then the packet), and recognises
 * {@link PseudoTls} at its beginning. Bytes in, packets out; owned by the connection.
 */
final class FrameReader {
    /** Longest packet taken: as long as a datagram. */
    static final int LONGEST = 2048;

    /** Room a buffer needs so that whatever is right gets finished. */
    static final int BUFFER = 2 + LONGEST;

    /** What the bytes hold next. */
    enum Next {
        /** Not enough bytes yet. */
        NOTHING,
        /** A packet: {@link #offset} and {@link #length} in the buffer's array. */
        PACKET,
        /** The client's message of {@link PseudoTls}; it waits for the answer. */
        HELLO,
        /** Something that is neither; the connection is of no use. */
        BROKEN
    }

    private boolean begun;
    private int offset;
    private int length;

    /** Takes the next thing from the buffer, which is ready to be read and has an array. */
    Next next(ByteBuffer in) {
        while (in.remaining() >= 2) {
            int at = in.arrayOffset() + in.position();
            byte[] bytes = in.array();
            if (!begun && PseudoTls.begins(bytes[at], bytes[at + 1])) {
                return hello(in, bytes, at);
            }
            begun = true;
            length = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
            if (length > LONGEST) {
                return Next.BROKEN;
            }
            if (in.remaining() < 2 + length) {
                return Next.NOTHING;
            }
            in.position(in.position() + 2 + length);
            if (length > 0) {
                offset = at + 2;
                return Next.PACKET;
            }
        }
        return Next.NOTHING;
    }

    private Next hello(ByteBuffer in, byte[] bytes, int at) {
        if (in.remaining() < PseudoTls.CLIENT_HELLO_LENGTH) {
            return Next.NOTHING;
        }
        if (!PseudoTls.isClientHello(bytes, at)) {
            return Next.BROKEN;
        }
        in.position(in.position() + PseudoTls.CLIENT_HELLO_LENGTH);
        begun = true;
        return Next.HELLO;
    }

    /** Where the packet begins in the buffer's array. */
    int offset() {
        return offset;
    }

    /** Bytes of the packet. */
    int length() {
        return length;
    }
}
