package org.videowindow.bridge.codec;

/** Writes bits that do not begin at a byte. Positions are counted in bits from the beginning of the array. */
final class BitCopy {
    private BitCopy() {}

    /**
     * Writes the low bits of a number, high ones first.
     *
     * @return the position behind them
     */
    static int put(byte[] to, int position, int value, int count) {
        int at = position;
        for (int i = count - 1; i >= 0; i--, at++) {
            int bit = 0x80 >> (at & 7);
            if ((value >> i & 1) != 0) {
                to[at >> 3] |= (byte) bit;
            } else {
                to[at >> 3] &= (byte) ~bit;
            }
        }
        return at;
    }

    /**
     * Copies bits from one array to another.
     *
     * @return the position behind them in the second
     */
    static int copy(byte[] from, int fromPosition, byte[] to, int position, int count) {
        int at = position;
        for (int i = fromPosition; i < fromPosition + count; i++) {
            at = put(to, at, from[i >> 3] >> (7 - (i & 7)), 1);
        }
        return at;
    }
}
