package org.videowindow.launcher;

/**
 * A port that a part listens on, on loopback.
 *
 * @param purpose what it is for, in a word or two for people
 * @param transport the kind of socket
 * @param number the port itself, any offset included
 */
record Port(String purpose, Transport transport, int number) {
    /** Kinds of socket. */
    enum Transport {
        TCP,
        UDP
    }

    @Override
    public String toString() {
        return transport == Transport.UDP ? number + "/udp" : Integer.toString(number);
    }
}
