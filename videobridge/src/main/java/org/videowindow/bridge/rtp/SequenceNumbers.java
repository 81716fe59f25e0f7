package org.videowindow.bridge.rtp;

/** Arithmetic of 16-bit numbers that wrap (RFC 3550 appendix A.1, RFC 1982). Arguments are 0 to 65535. */
public final class SequenceNumbers {
    private SequenceNumbers() {}

    /** Steps from {@code from} to {@code to} by the shorter way: -32768 to 32767, negative when {@code to} is older. */
    public static int distance(int from, int to) {
        return (short) (to - from);
    }

    /** Whether {@code a} comes after {@code b}. At exactly half the range apart neither is newer. */
    public static boolean isNewer(int a, int b) {
        int distance = distance(b, a);
        return distance > 0;
    }

    /** The number {@code steps} later, or earlier when negative. */
    public static int plus(int number, int steps) {
        return (number + steps) & 0xFFFF;
    }
}
