package org.videowindow.bridge.tcp;

/**
 * Where and how many connections for ICE over TCP are taken.
 *
 * @param port TCP port; 0 takes a free one, {@link #OFF} has none
 * @param connections at a time
 * @param connectionsPerAddress at a time from one IPv4 address or one IPv6 network of 64 bits
 */
public record TcpSettings(int port, int connections, int connectionsPerAddress) {
    /** No connections. */
    public static final TcpSettings OFF = new TcpSettings(-1, 0, 0);

    /** Whether connections are taken. */
    public boolean isOn() {
        return port >= 0;
    }
}
