package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class SocketOwnersTest {
    @Test
    void itsOwnPortsAreFoundAndNoOthers() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Port tcp;
        Port udp;
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            tcp = new Port("a", Port.Transport.TCP, server.getLocalPort());
            udp = new Port("b", Port.Transport.UDP, datagrams.getLocalPort());
            SocketOwners now = SocketOwners.of(ProcessHandle.current());
            assertThat(now.listensOn(tcp)).isTrue();
            assertThat(now.listensOn(udp)).isTrue();
        }
        SocketOwners later = SocketOwners.of(ProcessHandle.current());
        assertThat(later.listensOn(tcp)).isFalse();
        assertThat(later.listensOn(udp)).isFalse();
    }

    @Test
    void aPortOfAnotherProcessIsNotItsOwn() throws IOException {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Port port = new Port("a", Port.Transport.TCP, server.getLocalPort());
            assertThat(SocketOwners.of(other.toHandle()).listensOn(port)).isFalse();
        } finally {
            other.destroyForcibly();
        }
    }
}
