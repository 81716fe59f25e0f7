package org.videowindow.loadtest.net;

import java.lang.foreign.MemorySegment;

/** Takes what a socket received, on the thread that asked for it. */
@FunctionalInterface
public interface DatagramHandler {
    /**
     * One datagram.
     *
     * @param socket where it arrived
     * @param localAddress IPv4 address it was sent to
     * @param remoteAddress IPv4 address of the sender
     * @param remotePort port of the sender
     * @param memory holds the bytes until this returns
     * @param offset of the first byte
     * @param length in bytes
     * @param arrival when the kernel got it, nanoseconds of the wall clock
     */
    void datagram(
            MediaSocket socket,
            int localAddress,
            int remoteAddress,
            int remotePort,
            MemorySegment memory,
            long offset,
            int length,
            long arrival);
}
