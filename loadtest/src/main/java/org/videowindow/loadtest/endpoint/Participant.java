package org.videowindow.loadtest.endpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.videowindow.loadtest.ice.IceAgent;
import org.videowindow.loadtest.ice.IceAgent.Candidate;
import org.videowindow.loadtest.net.MediaSocket;
import org.videowindow.loadtest.rtp.Rtcp;
import org.videowindow.loadtest.srtp.GcmContext;
import org.videowindow.loadtest.srtp.SrtpKeys;

/**
 * One headless participant: ICE, DTLS and SRTP towards one server, the tracks it sends and what it observes of what it
 * receives. Made by {@link Engine#join}; everything that is not said to be for any thread is for the engine's.
 */
public final class Participant {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int LARGEST = 2048;

    final Engine engine;
    final MediaSocket socket;
    final int localAddress;
    final int ownSsrc;
    final Reception reception;
    private final String id;
    private final IceAgent ice;
    private volatile MediaFormat format;
    private final IceAgent.Output iceOutput;
    private final List<OutgoingTrack> tracks = new ArrayList<>();
    private final Map<Integer, OutgoingTrack> trackOf = new HashMap<>();
    private final byte[] sealed = new byte[LARGEST];
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private HandshakeTransport handshake;
    private String serverFingerprint;
    private GcmContext sending;
    private Candidate path;
    private int transportSequence = 1;
    private long connectedAt;

    Participant(
            Engine engine,
            String id,
            MediaFormat format,
            MediaSocket socket,
            int localAddress,
            IceAgent ice,
            int ownSsrc) {
        this.engine = engine;
        this.id = id;
        this.format = format;
        this.socket = socket;
        this.localAddress = localAddress;
        this.ice = ice;
        this.ownSsrc = ownSsrc;
        this.reception = new Reception(this);
        this.iceOutput =
                (to, message) -> socket.queue(localAddress, to.address(), to.port(), message, 0, message.length);
    }

    /** Its name at the server. Any thread. */
    public String id() {
        return id;
    }

    /** ICE credentials to signal. Any thread. */
    public String iceFragment() {
        return ice.fragment();
    }

    /** ICE credentials to signal. Any thread. */
    public String icePassword() {
        return ice.password();
    }

    /** IPv4 address of its only candidate, as text. Any thread. */
    public String candidateAddress() {
        int address = localAddress == 0 ? engine.ownAddress() : localAddress;
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** Port of its only candidate. Any thread. */
    public int candidatePort() {
        return socket.port();
    }

    /** The server chose other numbers than ours; before connecting, any thread. */
    public void negotiated(MediaFormat chosen) {
        format = chosen;
        engine.execute(() -> reception.format(chosen));
    }

    /** The numbers of its session. Any thread. */
    public MediaFormat format() {
        return format;
    }

    /**
     * Connects; any thread.
     *
     * @param remote what the server signalled
     * @param fingerprint SHA-256 of the server's certificate
     * @return done when SRTP may flow, or why not
     */
    public CompletableFuture<Void> connect(IceAgent.Remote remote, String fingerprint) {
        engine.execute(() -> {
            serverFingerprint = fingerprint;
            ice.remote(remote);
        });
        return connected;
    }

    /** New credentials of the server after an ICE restart; any thread. */
    public void restartIce(IceAgent.Remote remote) {
        engine.execute(() -> ice.remote(remote));
    }

    /**
     * A track to send on.
     *
     * @param repeatSsrc of its retransmissions, 0 for none
     */
    public OutgoingTrack addTrack(boolean video, int ssrc, int repeatSsrc) {
        OutgoingTrack track = new OutgoingTrack(this, format, video, ssrc, repeatSsrc, 1000);
        tracks.add(track);
        trackOf.put(ssrc, track);
        return track;
    }

    /** Tells which SSRC the retransmissions on another belong to. */
    public void repeats(int repeatSsrc, int ssrc) {
        reception.repeats(repeatSsrc, ssrc);
    }

    /** What it received so far. */
    public Totals totals() {
        return reception.totals();
    }

    /** Whether media may be sent. */
    public boolean isConnected() {
        return sending != null;
    }

    long wallNow() {
        return engine.clock.now();
    }

    int nextTransportSequence() {
        return transportSequence++ & 0xffff;
    }

    void sealAndSend(byte[] packet, int header, int length, int ssrc, long index) {
        if (sending != null) {
            int bytes = sending.sealRtp(packet, header, length, ssrc, index, sealed);
            socket.queue(localAddress, path.address(), path.port(), sealed, 0, bytes);
        }
    }

    void sendRtcp(byte[] compound, int length) {
        if (sending != null && length > 0) {
            int bytes = sending.sealRtcp(compound, length, sealed);
            socket.queue(localAddress, path.address(), path.port(), sealed, 0, bytes);
        }
    }

    /** What is due every few milliseconds. */
    void tick(long now) {
        ice.tick(now, iceOutput);
        if (!Objects.equals(path, ice.selected())) {
            path = ice.selected();
            if (handshake == null) {
                beginHandshake();
            }
        }
        if (sending != null) {
            reception.tick(now, tracks);
        }
    }

    private void beginHandshake() {
        handshake = new HandshakeTransport(bytes ->
                engine.execute(() -> socket.queue(localAddress, path.address(), path.port(), bytes, 0, bytes.length)));
        engine.handshakes.execute(() -> {
            try {
                SrtpKeys keys = engine.handshake(handshake, serverFingerprint);
                engine.execute(() -> useKeys(keys));
            } catch (IOException | RuntimeException e) {
                connected.completeExceptionally(
                        new IOException("Participant " + id + " has no DTLS: " + e.getMessage(), e));
            }
        });
    }

    private void useKeys(SrtpKeys keys) {
        sending = new GcmContext(keys.localKey(), keys.localSalt());
        reception.open(new GcmContext(keys.remoteKey(), keys.remoteSalt()));
        connectedAt = System.nanoTime();
        connected.complete(null);
    }

    /** When SRTP began, by the monotonic clock. */
    long connectedAt() {
        return connectedAt;
    }

    /** A datagram for this participant (RFC 7983). */
    void datagram(int address, int port, MemorySegment memory, long offset, int length, long arrival) {
        int first = length == 0 ? 255 : memory.get(BYTE, offset) & 0xff;
        if (first >= 128 && first <= 191 && length >= 12) {
            int type = memory.get(BYTE, offset + 1) & 0xff;
            if (type >= 192 && type <= 223) {
                reception.rtcp(bytes(memory, offset, length), length);
            } else {
                reception.rtp(
                        memory,
                        offset,
                        length,
                        memory.get(BYTE, offset) & 0xff,
                        type & 0x7f,
                        memory.get(SHORT, offset + 2) & 0xffff,
                        memory.get(INT, offset + 4),
                        memory.get(INT, offset + 8),
                        arrival);
            }
        } else if (first < 4) {
            ice.receive(bytes(memory, offset, length), new Candidate(address, port), System.nanoTime(), iceOutput);
        } else if (first >= 20 && first <= 63 && handshake != null) {
            handshake.offer(bytes(memory, offset, length));
        }
    }

    private static byte[] bytes(MemorySegment memory, long offset, int length) {
        return memory.asSlice(offset, length).toArray(BYTE);
    }

    /** Somebody asks for a key frame of one of the tracks. */
    void keyFrameRequested(int ssrc) {
        OutgoingTrack track = trackOf.get(ssrc);
        if (track != null) {
            track.requestKeyFrame();
        }
    }

    /** Somebody asks for a packet again. */
    void repeatRequested(int ssrc, int sequence) {
        OutgoingTrack track = trackOf.get(ssrc);
        if (track != null) {
            track.repeat(sequence);
        }
    }

    /** Sender reports of all tracks that have sent. */
    int writeSenderReports(byte[] out, int at) {
        int end = at;
        for (OutgoingTrack track : tracks) {
            if (track.packets() > 0) {
                end = Rtcp.senderReport(
                        out, end, track.ssrc(), engine.clock.ntp(), track.timestamp(), track.packets(), track.bytes());
            }
        }
        return end;
    }

    /** Lets blocked threads go. */
    void close() {
        if (handshake != null) {
            handshake.close();
        }
        connected.completeExceptionally(new IOException("Participant " + id + " has left."));
    }
}
