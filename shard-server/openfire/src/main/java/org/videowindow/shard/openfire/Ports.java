package org.videowindow.shard.openfire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** What the start needs to know about TCP ports: Openfire itself only logs when it cannot open one. */
final class Ports {
    private static final int CONNECT_TIMEOUT_MS = 200;

    private Ports() {}

    /**
     * Checks that a port can be opened.
     *
     * @param key the configuration key that names the port, for the message
     * @throws StartException if another process has it
     */
    static void requireFree(String address, int port, String key) throws StartException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new StartException("Port " + port + " on " + address + " cannot be opened (" + e.getMessage()
                    + "): stop what uses it or set " + key + " to another port.");
        }
    }

    /**
     * Waits until a port accepts connections.
     *
     * @return false if it still does not after that many seconds
     */
    static boolean awaitOpen(String address, int port, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
                return true;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } while (System.nanoTime() < deadline);
        return false;
    }
}
