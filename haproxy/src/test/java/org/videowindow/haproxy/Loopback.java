package org.videowindow.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Addresses for the servers of a test. Each has one of 127/8 for itself: nobody else listens or connects from there, so
 * that a port that was free a moment ago still is.
 */
final class Loopback {
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private Loopback() {}

    static String next() {
        int number = NEXT.getAndIncrement();
        return "127." + (64 + ProcessHandle.current().pid() % 128) + "." + number / 250 + "." + (1 + number % 250);
    }

    static InetAddress nextAddress() throws IOException {
        return InetAddress.getByName(next());
    }
}
