package org.videowindow.bridge.conference;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.videowindow.bridge.io.PeerAddress;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.ReceiveBatch;
import org.videowindow.bridge.io.TransmitArena;
import org.videowindow.bridge.io.UdpSocket;
import org.videowindow.bridge.io.UdpSocketOptions;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.srtp.PacketCiphers;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/**
 * Sends made-up packets through the inner steps of the packet path (receive, open, keep, rewrite, seal, send) when a bridge
 * starts, between two sockets of its own on loopback: links the system's functions and lets the compiler do its work
 * before the first call. Runs beside the start on a thread of its own and ends after {@link #LONGEST_NANOS}.
 */
final class Rehearsal {
    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final int ROUNDS = 4_000;
    private static final int FRAME_PACKETS = 8;
    private static final int RECEIVERS = 4;
    private static final int LENGTH = 1_100;
    private static final int TRANSPORT_ID = 5;
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

    private final byte[] packet = new byte[LENGTH];
    private final byte[] clear = new byte[Scratch.BYTES];
    private final RtpPacket view = new RtpPacket();
    private final PacketRing ring = new PacketRing(1 << 17, LONGEST_NANOS);
    private final ReceiveBatch batch = new ReceiveBatch();
    private final PacketCiphers ciphers;
    private int sequence;

    private Rehearsal(PacketCiphers ciphers) {
        this.ciphers = ciphers;
        packet[0] = (byte) 0x90;
        packet[1] = 100;
        BigEndian.putU16(packet, 12, 0xBEDE);
        BigEndian.putU16(packet, 14, 1);
        packet[16] = TRANSPORT_ID << 4 | 1;
    }

    /** Begins one beside what else happens; failures end it and nothing else. */
    static void begin(BridgeSettings settings) {
        Thread.ofPlatform().name("rehearsal").daemon().start(() -> {
            try {
                run(settings);
            } catch (IOException | RuntimeException e) {
                // Whatever is wrong shows itself where it matters.
            }
        });
    }

    /** Returns packets that went through. */
    static int run(BridgeSettings settings) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        UdpSocketOptions options = UdpSocketOptions.DEFAULTS.with(settings.ioPath());
        try (UdpSocket bridge = UdpSocket.open(loopback, options);
                UdpSocket client = UdpSocket.open(loopback, options);
                TransmitArena fromBridge = new TransmitArena(2);
                TransmitArena fromClient = new TransmitArena(2)) {
            return new Rehearsal(new PacketCiphers(settings.crypto())).play(bridge, client, fromBridge, fromClient);
        }
    }

    private int play(UdpSocket bridge, UdpSocket client, TransmitArena fromBridge, TransmitArena fromClient)
            throws IOException {
        long begin = System.nanoTime();
        PeerTable peers = new PeerTable(2, begin);
        int toClient = peers.add(PeerAddress.of(client.localAddress()));
        int toBridge = peers.add(PeerAddress.of(bridge.localAddress()));
        SrtpSender[] receivers = new SrtpSender[RECEIVERS];
        try (SrtpSender sender = newSender();
                SrtpReceiver receiver =
                        new SrtpReceiver(PROFILE, new byte[16], new byte[PROFILE.saltBytes()], ciphers)) {
            for (int i = 0; i < RECEIVERS; i++) {
                receivers[i] = newSender();
            }
            int forwarded = 0;
            for (int round = 0; round < ROUNDS && System.nanoTime() - begin < LONGEST_NANOS; round++) {
                for (int i = 0; i < FRAME_PACKETS; i++) {
                    BigEndian.putU16(packet, 2, sequence++);
                    int at = fromClient.reserve(LENGTH + sender.rtpOverhead());
                    fromClient.commit(peers, toBridge, sender.protect(packet, 0, LENGTH, fromClient.memory(), at));
                }
                client.send(fromClient);
                bridge.receive(batch, 0);
                for (int i = 0; i < batch.count(); i++) {
                    forwarded += forward(i, receiver, receivers, fromBridge, peers, toClient);
                }
                bridge.send(fromBridge);
                while (client.receive(batch, 0) > 0) {
                    // Its buffer stays empty.
                }
            }
            return forwarded;
        } finally {
            for (SrtpSender each : receivers) {
                if (each != null) {
                    each.close();
                }
            }
        }
    }

    private SrtpSender newSender() {
        return new SrtpSender(PROFILE, new byte[16], new byte[PROFILE.saltBytes()], ciphers);
    }

    private int forward(
            int slot, SrtpReceiver receiver, SrtpSender[] receivers, TransmitArena arena, PeerTable peers, int peer) {
        int length = receiver.unprotect(batch.buffer(), batch.offset(slot), batch.length(slot), clear, 0);
        if (length < 0 || !view.wrap(clear, 0, length)) {
            return 0;
        }
        long now = System.nanoTime();
        int at = ring.reserve(length, now);
        System.arraycopy(clear, 0, ring.buffer(), at, length);
        view.wrap(ring.buffer(), at, length);
        for (SrtpSender to : receivers) {
            view.transportSequence(TRANSPORT_ID, view.sequenceNumber());
            int place = arena.reserve(length + to.rtpOverhead());
            int sealed = to.protect(ring.buffer(), at, length, arena.memory(), place);
            if (sealed > 0) {
                arena.commit(peers, peer, sealed);
            }
        }
        ring.commit(view.sequenceNumber(), length, now);
        return receivers.length;
    }
}
