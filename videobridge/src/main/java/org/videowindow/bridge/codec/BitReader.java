package org.videowindow.bridge.codec;

/**
 * Reads bits, high ones first, from a part of a packet. Reading behind the end gives zeros and is remembered, so that
 * a parser asks once at its end. One thread, reused.
 */
final class BitReader {
    private byte[] bytes = {};
    private int position;
    private int limit;

    void wrap(byte[] buffer, int offset, int length) {
        bytes = buffer;
        position = offset * 8;
        limit = (offset + length) * 8;
    }

    /** Next bit of the buffer that will be read, counted from the beginning of the buffer. */
    int position() {
        return position;
    }

    /** Whether more was read than there is. */
    boolean overrun() {
        return position > limit;
    }

    boolean bit() {
        return bits(1) != 0;
    }

    /** An unsigned number of up to 31 bits, or 32 bits as they are: f(n) of the specification. */
    int bits(int count) {
        int value = 0;
        for (int left = count; left > 0; ) {
            int inByte = position & 7;
            int take = Math.min(left, 8 - inByte);
            int current = position + take <= limit ? bytes[position >> 3] & 0xFF : 0;
            value = value << take | (current >> (8 - inByte - take) & ((1 << take) - 1));
            position += take;
            left -= take;
        }
        return value;
    }

    /** A number below {@code bound} that takes one bit less for its lower values: ns(n) of the specification. */
    int below(int bound) {
        int width = 32 - Integer.numberOfLeadingZeros(bound);
        int shorter = (1 << width) - bound;
        int value = bits(width - 1);
        return value < shorter ? value : (value << 1) - shorter + bits(1);
    }

    /** An exponential Golomb number of H.264 (9.1); what is longer than 31 bits ends as an overrun. */
    int golomb() {
        int zeros = 0;
        while (!bit()) {
            if (++zeros > 30 || overrun()) {
                position = limit + 1;
                return 0;
            }
        }
        return (1 << zeros) - 1 + bits(zeros);
    }
}
