package org.videowindow.bridge.conference;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.conference.ConferenceSnapshot.DtlsState;
import org.videowindow.bridge.conference.ConferenceSnapshot.IceState;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.ice.IceAgent;
import org.videowindow.bridge.ice.UserFragment;
import org.videowindow.bridge.io.PeerTable;

/**
 * One endpoint on its worker: a thin owner of its parts. ICE proves its addresses, DTLS agrees on keys, {@link Inbound}
 * is what it sends, {@link Outbound} is what it is sent. Owned by the worker.
 */
final class EndpointSession implements IceAgent.Paths, DtlsLink.Owner {
    private static final int CHANNEL_PASSWORD_BYTES = 16;

    /** Consent to send ends this long after the last check (RFC 7675 section 5.1). */
    private static final long CONSENT_NANOS = 30_000_000_000L;

    /** One that only receives, without difficulty, is looked after so often, and soon after it has reported one. */
    private static final long CALM_TICK_NANOS = 100_000_000L;

    private final ConferenceSession conference;
    private final MediaPlane plane;
    private final String id;
    private final PayloadMap payloads;
    private final boolean mapsSources;
    private final ReceiverAllocation allocation;
    private EndpointTransport transport;
    private final IceAgent ice;
    private final DtlsLink dtls;
    private final Inbound inbound;
    private final Outbound outbound;
    private final RateLimit rate;
    private final long silenceNanos;
    private final long createdAt;
    private final int speakerNumber;
    private List<MediaSource> sources = List.of();
    private int path = PeerTable.NONE;
    private int dtlsPath = PeerTable.NONE;
    private long nextTick;
    private long lastTick;
    private long lastHeard;
    private boolean heard;
    private boolean active;
    /** Whether the others have been told that it is not active; who comes is taken for active by them. */
    private boolean missed;

    private boolean everConnected;
    private PacketTap tap;

    EndpointSession(ConferenceSession conference, String id, PayloadMap payloads, boolean mapsSources, long now) {
        this.conference = conference;
        this.plane = conference.plane();
        this.id = id;
        this.payloads = payloads;
        this.mapsSources = mapsSources;
        this.allocation = new ReceiverAllocation(
                mapsSources ? plane.settings().forwarding().mappedVideo() : Integer.MAX_VALUE);
        this.createdAt = now;
        this.nextTick = now;
        this.lastTick = now;
        this.speakerNumber = conference.speakers().add(this);
        this.lastHeard = now;
        BridgeLimits limits = plane.settings().limits();
        this.rate = new RateLimit(limits.packetsPerSecond(), limits.bytesPerSecond(), now);
        this.silenceNanos = plane.settings().times().endpointSilence().toNanos();
        byte[] channelPassword = new byte[CHANNEL_PASSWORD_BYTES];
        plane.random().nextBytes(channelPassword);
        this.transport = new EndpointTransport(
                plane.newFragment(),
                UserFragment.newPassword(plane.random()),
                plane.fingerprint(),
                DtlsSetup.ACTPASS,
                plane.candidates(),
                HexFormat.of().formatHex(channelPassword));
        this.ice = new IceAgent(
                plane.hmac(), transport.ufrag(), transport.password(), this, Math.min(silenceNanos, CONSENT_NANOS));
        this.dtls = new DtlsLink("dtls-" + id, plane.dtls(), plane.commands(), plane.counters(), this);
        this.inbound = new Inbound(this, plane, conference);
        this.outbound = new Outbound(this, plane);
        plane.register(transport.ufrag(), this);
    }

    String id() {
        return id;
    }

    PayloadMap payloads() {
        return payloads;
    }

    EndpointTransport transport() {
        return transport;
    }

    IceAgent ice() {
        return ice;
    }

    DtlsLink dtls() {
        return dtls;
    }

    Outbound outbound() {
        return outbound;
    }

    Inbound inbound() {
        return inbound;
    }

    /** Number by which the choice of the speaker knows it. */
    int speakerNumber() {
        return speakerNumber;
    }

    /** Peer id of where media goes, or {@link PeerTable#NONE}. */
    int path() {
        return path;
    }

    /** The endpoint is going away. */
    void close() {
        inbound.close();
        outbound.close();
        dtls.close();
        ice.close();
    }

    // --- Sources and subscriptions ---

    List<MediaSource> sources() {
        return sources;
    }

    void setSources(List<MediaSource> replacement) {
        sources = List.copyOf(replacement);
        inbound.setSources(sources);
        tickSoon();
    }

    /** What it wants, and what was decided for it. */
    ReceiverAllocation allocation() {
        return allocation;
    }

    /** What it is sent. */
    Subscriptions subscriptions() {
        return outbound.subscriptions();
    }

    /** Whether it is told by the bridge which source is on which SSRC. */
    boolean mapsSources() {
        return mapsSources;
    }

    ConferenceSession conference() {
        return conference;
    }

    /** A source has ended at its sender. */
    void drop(ForwardedSource ended) {
        outbound.subscriptions().drop(ended);
    }

    // --- Addresses ---

    @Override
    public boolean claim(long addressHigh, long addressLow, int port, long now) {
        return plane.claim(this, addressHigh, addressLow, port, now);
    }

    @Override
    public void release(long addressHigh, long addressLow, int port) {
        int peer = plane.peers().find(addressHigh, addressLow, port);
        if (peer == PeerTable.NONE) {
            return;
        }
        if (path == peer) {
            path = PeerTable.NONE;
        }
        if (dtlsPath == peer) {
            dtlsPath = PeerTable.NONE;
        }
        plane.release(peer);
    }

    @Override
    public void retire(String fragment) {
        plane.unregister(fragment);
    }

    /** See {@link Conference#restartIce}. */
    EndpointTransport restartIce(long now) throws ConferenceException {
        if (!ice.canRestart()) {
            return transport;
        }
        if (ice.restartsTooOften(now)) {
            if (ice.nextGeneration() == transport.generation()) {
                return transport;
            }
            throw new ConferenceException(
                    ConferenceException.Reason.LIMIT, "The last ICE restart was less than a second ago.");
        }
        plane.counters().increment(Counter.ICE_RESTARTS);
        String fragment = plane.newFragment();
        String password = UserFragment.newPassword(plane.random());
        transport = transport.restarted(fragment, password, ice.restart(fragment, password, now));
        plane.register(fragment, this);
        return transport;
    }

    /** A check was answered with success. */
    void checked(long now, boolean moved) {
        heard(now);
        if (!moved) {
            return;
        }
        plane.counters().increment(everConnected ? Counter.ICE_PATH_CHANGES : Counter.ICE_CONNECTED);
        outbound.bandwidth().pathChanged(now);
        everConnected = true;
        path = plane.peers().find(ice.selectedHigh(), ice.selectedLow(), ice.selectedPort());
        becomeReady(now);
    }

    // --- Keys ---

    void handleDtls(byte[] buffer, int offset, int length, int peer) {
        dtlsPath = peer;
        dtls.receive(buffer, offset, length);
    }

    @Override
    public void sendDtls(byte[] datagram) {
        int to = path != PeerTable.NONE ? path : dtlsPath;
        if (to != PeerTable.NONE) {
            plane.outbox().send(to, datagram, 0, datagram.length);
        }
    }

    @Override
    public void keysAgreed(SrtpKeyMaterial keys, long now) {
        inbound.setKeys(keys);
        outbound.setKeys(keys);
        becomeReady(now);
    }

    @Override
    public void dtlsClosed(long now) {
        inbound.forgetKeys();
        outbound.forgetKeys();
        setActive(false);
    }

    /** Address and keys are there: what it receives begins with key frames. */
    private void becomeReady(long now) {
        if (isReady()) {
            setActive(true);
            outbound.bandwidth().reachable(now);
            outbound.wantKeyFrames(now);
        }
    }

    /** Whether media can be sent to it. */
    boolean isReady() {
        return path != PeerTable.NONE && outbound.hasKeys();
    }

    // --- Packets ---

    void handleRtp(long now, byte[] buffer, int offset, int length) {
        if (rate.admits(length, now)) {
            inbound.handleRtp(now, buffer, offset, length);
        } else {
            plane.counters().increment(Counter.DROPPED_RATE_LIMIT);
        }
    }

    void handleRtcp(long now, byte[] buffer, int offset, int length) {
        if (rate.admits(length, now)) {
            inbound.handleRtcp(now, buffer, offset, length);
        } else {
            plane.counters().increment(Counter.DROPPED_RATE_LIMIT);
        }
    }

    // --- Time ---

    /** Something authentic came from it. */
    void heard(long now) {
        lastHeard = now;
        heard = true;
        if (!active && isReady()) {
            setActive(true);
        }
    }

    /**
     * Whether it has been silent too long. One that was never heard gets twice the time: it may still be loading its
     * page.
     */
    boolean isSilent(long now) {
        return now - lastHeard >= (heard ? silenceNanos : 2 * silenceNanos);
    }

    /** Something has changed that {@link #tick} must look at. */
    void tickSoon() {
        nextTick = plane.now();
    }

    /** Whether it was looked after in this tick of the plane. */
    boolean isTicked(long now) {
        return lastTick == now;
    }

    /** Lets time pass; when it is its turn. */
    void tick(long now) {
        if (now - nextTick < 0) {
            return;
        }
        lastTick = now;
        ice.tick(now);
        inbound.tick(now);
        outbound.tick(now);
        // Said well before it is expired: others can show that its picture stands still.
        if (active && now - lastHeard >= silenceNanos / 3) {
            setActive(false);
        }
        nextTick = inbound.isCalm() && outbound.bandwidth().isCalm() ? now + CALM_TICK_NANOS : now;
    }

    // --- Diagnosis ---

    /** Who sees its packets in the clear, or {@code null}. */
    PacketTap tap() {
        return tap;
    }

    void tap(PacketTap wanted) throws ConferenceException {
        if (tap != null) {
            throw new ConferenceException(Reason.EXISTS, "The packets of this endpoint are being looked at already.");
        }
        tap = wanted;
    }

    void untap(PacketTap unwanted) {
        if (tap == unwanted) {
            tap = null;
        }
    }

    Optional<Conference.MediaPath> mediaPath() {
        if (path == PeerTable.NONE) {
            return Optional.empty();
        }
        TransportCandidate local = plane.candidates().getFirst();
        return Optional.of(new Conference.MediaPath(
                new InetSocketAddress(local.address(), local.port()),
                plane.peers().address(path).toSocketAddress()));
    }

    private void setActive(boolean value) {
        active = value;
        if (missed == value) {
            missed = !value;
            plane.events().connectivityChanged(conference.outside(), id, value);
        }
    }

    ConferenceSnapshot.Endpoint snapshot(long now) {
        IceState iceState =
                ice.isNominated() ? IceState.CONNECTED : ice.hasPath() ? IceState.CHECKING : IceState.WAITING;
        DtlsState dtlsState = dtls.state();
        return new ConferenceSnapshot.Endpoint(
                id,
                iceState,
                dtlsState,
                outbound.profileName(),
                path == PeerTable.NONE
                        ? null
                        : plane.peers().address(path).toSocketAddress().toString(),
                (now - createdAt) / 1_000_000,
                (now - lastHeard) / 1_000_000,
                outbound.roundTripMillis(),
                inbound.packets(),
                inbound.bytes(),
                outbound.packets(),
                outbound.bytes(),
                outbound.transportReported(),
                outbound.transportLost(),
                inbound.snapshot(),
                conference.outside().forwardedSources(id),
                allocation.reception(outbound.bandwidth().estimator(), now));
    }
}
