package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's choice between feedback and everything else, on loopback. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FeedbackApartTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] FEEDBACK = {(byte) 0x8F, (byte) 205, 0, 1, 0, 0, 0, 9, 1, 2, 3, 4};

    private final ReceiveBatch batch = new ReceiveBatch();
    private final TransmitArena arena = new TransmitArena(4);
    private final List<UdpSocket> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(UdpSocket::close);
        arena.close();
    }

    private UdpSocket open(InetSocketAddress address, UdpSocketOptions options) throws IOException {
        UdpSocket socket = UdpSocket.open(address, options);
        open.add(socket);
        return socket;
    }

    private UdpSocket apart(String host) throws IOException {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        return open(new InetSocketAddress(InetAddress.getByName(host), 0), UdpSocketOptions.DEFAULTS.withQueuesApart());
    }

    private UdpSocket client(String host) throws IOException {
        return open(new InetSocketAddress(InetAddress.getByName(host), 0), UdpSocketOptions.DEFAULTS);
    }

    private void send(UdpSocket from, UdpSocket to, String host, byte[] datagram) throws IOException {
        PeerAddress address = PeerAddress.of(new InetSocketAddress(
                InetAddress.getByName(host), to.localAddress().getPort()));
        arena.append(address.high(), address.low(), address.port(), datagram, 0, datagram.length);
        from.send(arena);
    }

    /** First and second byte of a datagram, its length, and whether it is to come apart. */
    @ParameterizedTest
    @CsvSource({
        "0x8F, 205, 32, true",
        "0xAF, 205, 32, true",
        "0x8F, 205, 2, true",
        // NACK, key frame request, REMB, receiver report, sender report.
        "0x81, 205, 32, false",
        "0x81, 206, 32, false",
        "0x8F, 206, 32, false",
        "0x81, 201, 32, false",
        "0x80, 200, 32, false",
        // RTP, STUN, DTLS, other versions, and what is too short to tell.
        "0x90, 111, 32, false",
        "0x00, 1, 32, false",
        "0x16, 254, 32, false",
        "0x4F, 205, 32, false",
        "0xCF, 205, 32, false",
        "0x8F, 0, 1, false",
    })
    void onlyTransportFeedbackComesApart(String first, String second, int length, boolean isApart) throws IOException {
        for (String host : List.of("127.0.0.1", "::1")) {
            UdpSocket bridge = apart(host);
            byte[] datagram = new byte[length];
            datagram[0] = Integer.decode(first).byteValue();
            if (length > 1) {
                datagram[1] = Integer.decode(second).byteValue();
            }
            // What comes last shows that nothing else is to come.
            byte[] last = {(byte) 0x90, 2, 3};
            UdpSocket client = client(host);
            send(client, bridge, host, datagram);
            send(client, bridge, host, last);

            assertThat(receiveUntil(bridge, last)).hasSize(isApart ? 1 : 2);
            assertThat(bridge.receiveFeedback(batch)).isEqualTo(isApart ? 1 : 0);
            if (isApart) {
                assertThat(datagram(0)).isEqualTo(datagram);
                assertThat(batch.address(0)).isEqualTo(PeerAddress.of(client.localAddress()));
            }
        }
    }

    private List<byte[]> receiveUntil(UdpSocket socket, byte[] last) throws IOException {
        List<byte[]> received = new ArrayList<>();
        while (received.isEmpty() || !Arrays.equals(received.getLast(), last)) {
            assertThat(socket.receive(batch, 5 * SECOND)).as("datagrams").isPositive();
            for (int i = 0; i < batch.count(); i++) {
                received.add(datagram(i));
            }
        }
        return received;
    }

    private byte[] datagram(int slot) {
        return Arrays.copyOfRange(batch.buffer(), batch.offset(slot), batch.offset(slot) + batch.length(slot));
    }

    @Test
    void feedbackEndsNoWaiting() throws IOException {
        UdpSocket bridge = apart("127.0.0.1");
        send(client("127.0.0.1"), bridge, "127.0.0.1", FEEDBACK);
        assertThat(bridge.receive(batch, SECOND / 20)).isZero();
        assertThat(bridge.receiveFeedback(batch)).isEqualTo(1);
        assertThat(bridge.receiveFeedback(batch)).isZero();
        assertThat(bridge.counters().receivedPackets()).isEqualTo(1);
    }

    @Test
    void aSocketOnEveryAddressKeepsFeedbackApartToo() throws IOException {
        UdpSocket bridge = apart("::");
        for (String host : List.of("127.0.0.1", "::1")) {
            byte[] last = {(byte) 0x90, 2, 3};
            UdpSocket client = client(host);
            send(client, bridge, host, FEEDBACK);
            send(client, bridge, host, last);
            assertThat(receiveUntil(bridge, last)).hasSize(1);
            assertThat(bridge.receiveFeedback(batch)).isEqualTo(1);
        }
    }

    /** Sharing a port is between the sockets of one bridge: a second bridge must hear that the port is taken. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePortIsInUseForEverybodyElse(boolean alsoApart) throws IOException {
        UdpSocket first = apart("127.0.0.1");
        UdpSocketOptions options = UdpSocketOptions.DEFAULTS;
        assertThatThrownBy(() -> open(first.localAddress(), alsoApart ? options.withQueuesApart() : options))
                .isInstanceOf(BindException.class);
    }

    @Test
    void freePortsAreFree() throws IOException {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            ports.add(apart("127.0.0.1").localAddress().getPort());
        }
        assertThat(ports).hasSize(64);
    }

    @Test
    void aClosedSocketFreesItsPort() throws IOException {
        UdpSocket first = apart("127.0.0.1");
        first.close();
        UdpSocket again = open(first.localAddress(), UdpSocketOptions.DEFAULTS.withQueuesApart());
        assertThat(again.localAddress()).isEqualTo(first.localAddress());
    }

    @Test
    void whereItIsNotKeptApartItComesWithTheRest() throws IOException {
        for (IoPath path :
                LinuxUdpSocket.isSupported() ? List.of(IoPath.LINUX, IoPath.CHANNEL) : List.of(IoPath.CHANNEL)) {
            UdpSocketOptions options = UdpSocketOptions.DEFAULTS.with(path);
            UdpSocket socket = open(
                    new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                    path == IoPath.CHANNEL ? options.withQueuesApart() : options);
            send(client("127.0.0.1"), socket, "127.0.0.1", FEEDBACK);
            assertThat(socket.receive(batch, 5 * SECOND)).isEqualTo(1);
            assertThat(socket.receiveFeedback(batch)).isZero();
        }
    }
}
