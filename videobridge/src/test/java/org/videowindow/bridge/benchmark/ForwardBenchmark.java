package org.videowindow.bridge.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.io.PeerAddress;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.ReceiveBatch;
import org.videowindow.bridge.io.TransmitArena;
import org.videowindow.bridge.io.UdpSocket;
import org.videowindow.bridge.io.UdpSocketOptions;
import org.videowindow.bridge.rtp.Packets;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.PacketCiphers;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpSender;

/**
 * One forwarded packet: a frame of eight packets of 1200 bytes to twenty receivers, each rewritten, sealed and sent over
 * loopback. Results are per packet and receiver. Receivers are emptied between the measurements.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ForwardBenchmark {
    static final int RECEIVERS = 20;
    static final int FRAME_PACKETS = 8;
    private static final int LENGTH = 1200;

    /** How packets reach the kernel. */
    public enum Way {
        LINUX_SEGMENTATION,
        /** Later packets of a frame are one byte longer than the first ones, as Chromium cuts frames: two groups. */
        LINUX_SEGMENTATION_UNEVEN,
        LINUX,
        CHANNEL
    }

    /** Which way. */
    @Param
    public Way way;

    /** Who seals: a provider of AES-GCM, the JDK's AES-CM with HMAC-SHA1, or nobody to measure the rest. */
    @Param({"none", "ipsec-mb", "openssl", "java", "java-cm"})
    public String cipher;

    private final PeerTable peers = new PeerTable(64, 1);
    private final TransmitArena arena = new TransmitArena(64);
    private final UdpSocket[] receivers = new UdpSocket[RECEIVERS];
    private final SrtpSender[] senders = new SrtpSender[RECEIVERS];
    private final byte[] packet = Packets.rtpWithExtensions(7, 0, LENGTH - 28, new Random(1));
    private final RtpPacket view = new RtpPacket();
    private final ReceiveBatch batch = new ReceiveBatch();
    private UdpSocket socket;
    private int sequence;

    /** Opens the sockets. */
    @Setup
    public void open() throws IOException {
        PacketCiphers ciphers = new PacketCiphers(provider(cipher));
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        socket = UdpSocket.open(
                loopback,
                new UdpSocketOptions(
                        way == Way.CHANNEL ? IoPath.CHANNEL : IoPath.LINUX,
                        4 << 20,
                        4 << 20,
                        way == Way.LINUX_SEGMENTATION || way == Way.LINUX_SEGMENTATION_UNEVEN,
                        false));
        for (int i = 0; i < RECEIVERS; i++) {
            receivers[i] = UdpSocket.open(loopback, UdpSocketOptions.DEFAULTS);
            peers.add(PeerAddress.of(receivers[i].localAddress()));
            if (!cipher.equals("none")) {
                SrtpProfile profile =
                        cipher.equals("java-cm") ? SrtpProfile.AES128_CM_HMAC_SHA1_80 : SrtpProfile.AEAD_AES_128_GCM;
                senders[i] = new SrtpSender(profile, new byte[16], new byte[profile.saltBytes()], ciphers);
            }
        }
    }

    /** Closes them. */
    @TearDown
    public void close() {
        socket.close();
        for (UdpSocket receiver : receivers) {
            receiver.close();
        }
        arena.close();
    }

    /** Takes away what was sent. */
    @TearDown(Level.Invocation)
    public void drain() throws IOException {
        for (UdpSocket receiver : receivers) {
            while (receiver.receive(batch, 0) > 0) {
                // The packets are not looked at.
            }
        }
    }

    static CryptoProvider provider(String cipher) {
        for (CryptoProvider provider : CryptoProvider.values()) {
            if (provider.key().equals(cipher)) {
                return provider;
            }
        }
        return CryptoProvider.JAVA;
    }

    /** The forwarding step. */
    @Benchmark
    @OperationsPerInvocation(RECEIVERS * FRAME_PACKETS)
    public void forward() throws IOException {
        for (int receiver = 0; receiver < RECEIVERS; receiver++) {
            for (int i = 0; i < FRAME_PACKETS; i++) {
                int bytes = way == Way.LINUX_SEGMENTATION_UNEVEN && i < FRAME_PACKETS / 2 ? LENGTH - 1 : LENGTH;
                view.wrap(packet, Packets.OFFSET, bytes);
                view.sequenceNumber(sequence + i);
                view.transportSequence(5, sequence + i);
                if (senders[receiver] == null) {
                    arena.append(peers, receiver, packet, Packets.OFFSET, bytes);
                } else {
                    int at = arena.reserve(LENGTH + 16);
                    int length = senders[receiver].protect(packet, Packets.OFFSET, bytes, arena.memory(), at);
                    arena.commit(peers, receiver, length);
                }
            }
        }
        sequence += FRAME_PACKETS;
        socket.send(arena);
    }
}
