package org.videowindow.bridge.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@code struct sockaddr_in} and {@code sockaddr_in6} in native memory. */
final class SocketAddressCodec {
    /** Distance of addresses in an array of them; a {@code sockaddr_in6} has 28 bytes. */
    static final int STRIDE = 32;

    static final int INET_BYTES = 16;
    static final int INET6_BYTES = 28;

    private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddressCodec() {}

    /**
     * Writes an address in the form a socket of that family takes.
     *
     * @return its length, or -1 when an IPv4 socket cannot reach an IPv6 address
     */
    static int write(MemorySegment memory, long at, boolean inet6, long high, long low, int port) {
        if (inet6) {
            memory.set(FAMILY, at, (short) LinuxCalls.AF_INET6);
            memory.set(PORT, at + 2, (short) port);
            memory.set(INT, at + 4, 0);
            memory.set(LONG, at + 8, high);
            memory.set(LONG, at + 16, low);
            memory.set(INT, at + 24, 0);
            return INET6_BYTES;
        }
        if (!PeerAddress.isIpv4(high, low)) {
            return -1;
        }
        memory.set(FAMILY, at, (short) LinuxCalls.AF_INET);
        memory.set(PORT, at + 2, (short) port);
        memory.set(INT, at + 4, (int) low);
        memory.set(LONG, at + 8, 0);
        return INET_BYTES;
    }

    static int port(MemorySegment memory, long at) {
        return memory.get(PORT, at + 2) & 0xFFFF;
    }

    static long high(MemorySegment memory, long at, boolean inet6) {
        return inet6 ? memory.get(LONG, at + 8) : 0;
    }

    static long low(MemorySegment memory, long at, boolean inet6) {
        return inet6 ? memory.get(LONG, at + 16) : PeerAddress.MAPPED | (memory.get(INT, at + 4) & 0xFFFF_FFFFL);
    }
}
