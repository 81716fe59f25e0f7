package org.videowindow.bridge.conference;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.dtls.PeerFingerprints;
import org.videowindow.bridge.speaker.LoudestSpeakers;

/**
 * A conference on its worker: who is there, who owns which SSRC and name, who is sent what, who speaks. Owned by the
 * worker thread; the constructor may run elsewhere, everything from {@link #begin} on runs on the worker.
 */
final class ConferenceSession {
    private static final int LONGEST_ENDPOINT_ID = 64;

    private final MediaPlane plane;
    private final WorkerConference outside;
    private final List<MediaSource> feedbackSources;
    private final int feedbackSsrc;
    private final SpeakerWatch speakerWatch;
    private final Map<String, EndpointSession> endpoints = new LinkedHashMap<>();

    /** The same by order of joining, for what runs through them all the time. */
    private final List<EndpointSession> inOrder = new ArrayList<>();

    private final LongTable<EndpointSession> ownerOfSsrc;
    private final Map<String, EndpointSession> ownerOfName = new HashMap<>();
    private final LoudestSpeakers loudest;
    private final ConferenceAllocation allocation;
    private long createdAt;
    private long emptySince;
    private boolean expired;

    ConferenceSession(MediaPlane plane, WorkerConference outside, SecureRandom random) {
        this.plane = plane;
        this.outside = outside;
        int audioSsrc = 1 + random.nextInt(Integer.MAX_VALUE - 1);
        int videoSsrc;
        do {
            videoSsrc = 1 + random.nextInt(Integer.MAX_VALUE - 1);
        } while (videoSsrc == audioSsrc);
        this.feedbackSsrc = videoSsrc;
        this.feedbackSources = List.of(
                new MediaSource("jvb-a0", MediaKind.AUDIO, VideoType.NONE, List.of((long) audioSsrc), List.of()),
                new MediaSource("jvb-v0", MediaKind.VIDEO, VideoType.NONE, List.of((long) videoSsrc), List.of()));
        this.ownerOfSsrc = new LongTable<>(random.nextLong());
        int most = plane.settings().limits().endpointsPerConference();
        this.speakerWatch = new SpeakerWatch(most);
        this.loudest = new LoudestSpeakers(plane.settings().forwarding().loudest(), most);
        this.allocation = new ConferenceAllocation(this, inOrder);
    }

    /** The first command of a conference. */
    void begin(long now) {
        createdAt = now;
        emptySince = now;
        plane.add(this);
        plane.counters().increment(Counter.CONFERENCES_CREATED);
    }

    MediaPlane plane() {
        return plane;
    }

    WorkerConference outside() {
        return outside;
    }

    List<MediaSource> feedbackSources() {
        return feedbackSources;
    }

    /** SSRC the bridge uses as sender of RTCP. */
    int feedbackSsrc() {
        return feedbackSsrc;
    }

    // --- Signalling ---

    EndpointTransport addEndpoint(String endpointId, EndpointSettings settings, long now) throws ConferenceException {
        refuseIfExpired();
        if (endpointId.isEmpty() || endpointId.length() > LONGEST_ENDPOINT_ID) {
            throw new ConferenceException(
                    Reason.INVALID, "An endpoint id has 1 to " + LONGEST_ENDPOINT_ID + " characters.");
        }
        if (endpoints.containsKey(endpointId)) {
            throw new ConferenceException(Reason.EXISTS, "The endpoint is in the conference already.");
        }
        BridgeLimits limits = plane.settings().limits();
        if (endpoints.size() >= limits.endpointsPerConference()) {
            throw new ConferenceException(
                    Reason.LIMIT, "A conference holds " + limits.endpointsPerConference() + " endpoints.");
        }
        PayloadMap payloads = PayloadMap.of(settings);
        EndpointSession endpoint = new EndpointSession(this, endpointId, payloads, settings.mapsSources(), now);
        endpoints.put(endpointId, endpoint);
        inOrder.add(endpoint);
        outside.endpointAdded(endpointId, endpoint.transport());
        plane.counters().increment(Counter.ENDPOINTS_CREATED);
        allocation.joined(endpoint, now);
        return endpoint.transport();
    }

    EndpointTransport restartIce(String endpointId, long now) throws ConferenceException {
        return require(endpointId).restartIce(now);
    }

    void setRemoteTransport(String endpointId, RemoteTransport remote) throws ConferenceException {
        EndpointSession endpoint = require(endpointId);
        if (remote.setup() == DtlsSetup.PASSIVE) {
            throw new ConferenceException(Reason.INVALID, "The bridge is the DTLS server; setup must not be passive.");
        }
        if (remote.ufrag().length() < 4
                || remote.ufrag().length() > 256
                || remote.password().length() < 22) {
            throw new ConferenceException(Reason.INVALID, "An ICE ufrag has 4 to 256 characters, a pwd at least 22.");
        }
        PeerFingerprints.Builder builder = new PeerFingerprints.Builder();
        remote.fingerprints().forEach(fingerprint -> builder.add(fingerprint.hash(), fingerprint.value()));
        PeerFingerprints fingerprints = builder.build()
                .orElseThrow(() -> new ConferenceException(
                        Reason.INVALID, "There must be a fingerprint with sha-256, sha-384 or sha-512."));
        if (!endpoint.dtls().accepts(fingerprints)) {
            throw new ConferenceException(
                    Reason.INVALID, "The fingerprint cannot change once the handshake has begun.");
        }
        if (remote.generation() == RemoteTransport.UNTOLD) {
            endpoint.ice().setRemoteFragment(remote.ufrag());
        } else {
            endpoint.ice().setRemoteFragment(remote.generation(), remote.ufrag());
        }
        endpoint.dtls().expect(fingerprints);
    }

    void setSources(String endpointId, List<MediaSource> sources, long now) throws ConferenceException {
        EndpointSession endpoint = require(endpointId);
        if (sources.isEmpty() && endpoint.sources().isEmpty()) {
            return;
        }
        SourceRules.check(sources, plane.settings().limits().ssrcsPerEndpoint());
        for (MediaSource source : sources) {
            if (isForeign(ownerOfName.get(source.name()), endpoint) || isOwn(source.name())) {
                throw new ConferenceException(Reason.CONFLICT, "The source name belongs to another endpoint.");
            }
            for (long ssrc : source.ssrcs()) {
                if (isForeign(ownerOfSsrc.get(ssrc), endpoint) || isOwn(ssrc)) {
                    throw new ConferenceException(Reason.CONFLICT, "SSRC " + ssrc + " belongs to another endpoint.");
                }
            }
        }
        forgetSources(endpoint);
        for (MediaSource source : sources) {
            ownerOfName.put(source.name(), endpoint);
            source.ssrcs().forEach(ssrc -> ownerOfSsrc.put(ssrc, endpoint));
        }
        for (EndpointSession other : endpoints.values()) {
            if (other != endpoint) {
                other.inbound().announced(sources);
            }
        }
        endpoint.setSources(sources);
        allocation.sourcesChanged(now);
    }

    /** Whether the SSRC, an unsigned 32-bit number in an {@code int}, was announced by anybody or is the bridge's own. */
    boolean isAnnounced(int ssrc) {
        long unsigned = ssrc & 0xffff_ffffL;
        return ownerOfSsrc.get(unsigned) != null || isOwn(unsigned);
    }

    /** A packet named an encoding of its sender, and may not be of it. */
    void streamIdRefused() {
        plane.counters().increment(Counter.STREAM_IDS_REFUSED);
    }

    private static boolean isForeign(EndpointSession owner, EndpointSession endpoint) {
        return owner != null && owner != endpoint;
    }

    private boolean isOwn(String name) {
        return feedbackSources.stream().anyMatch(source -> source.name().equals(name));
    }

    private boolean isOwn(long ssrc) {
        return feedbackSources.stream().anyMatch(source -> source.ssrcs().contains(ssrc));
    }

    private void forgetSources(EndpointSession endpoint) {
        for (MediaSource source : endpoint.sources()) {
            ownerOfName.remove(source.name());
            source.ssrcs().forEach(ownerOfSsrc::remove);
        }
    }

    void setReceiverConstraints(String endpointId, ReceiverConstraints constraints, long now) {
        EndpointSession endpoint = endpoints.get(endpointId);
        if (endpoint != null) {
            allocation.wishChanged(endpoint, constraints, now);
        }
    }

    void setVideoType(String endpointId, String sourceName, VideoType type, long now) {
        EndpointSession endpoint = endpoints.get(endpointId);
        if (endpoint != null) {
            for (ReceivedSource source : endpoint.inbound().sources()) {
                if (source.isVideo() && source.name().equals(sourceName)) {
                    allocation.videoTypeChanged(source, type, now);
                }
            }
        }
    }

    void expireEndpoint(String endpointId, long now) throws ConferenceException {
        remove(require(endpointId), now);
        plane.counters().increment(Counter.ENDPOINTS_EXPIRED);
    }

    void expire(long now) {
        if (expired) {
            return;
        }
        expired = true;
        for (EndpointSession endpoint : List.copyOf(endpoints.values())) {
            remove(endpoint, now);
            plane.counters().increment(Counter.ENDPOINTS_EXPIRED);
        }
        plane.remove(this);
        plane.counters().increment(Counter.CONFERENCES_EXPIRED);
        outside.publishExpired();
        plane.events().conferenceExpired(outside);
    }

    EndpointSession require(String endpointId) throws ConferenceException {
        refuseIfExpired();
        EndpointSession endpoint = endpoints.get(endpointId);
        if (endpoint == null) {
            throw new ConferenceException(Reason.UNKNOWN, "There is no such endpoint in the conference.");
        }
        return endpoint;
    }

    private void refuseIfExpired() throws ConferenceException {
        if (expired) {
            throw new ConferenceException(Reason.UNKNOWN, "The conference has expired.");
        }
    }

    private void remove(EndpointSession endpoint, long now) {
        endpoints.remove(endpoint.id());
        inOrder.remove(endpoint);
        boolean sent = !endpoint.sources().isEmpty();
        forgetSources(endpoint);
        endpoint.close();
        outside.endpointRemoved(endpoint.id());
        loudest.remove(endpoint.speakerNumber());
        if (speakerWatch.remove(endpoint.speakerNumber())) {
            publishSpeakers();
        }
        if (sent) {
            allocation.sourcesChanged(now);
        } else {
            allocation.left();
        }
        plane.events().endpointExpired(outside, endpoint.id());
        if (endpoints.isEmpty()) {
            emptySince = now;
        }
    }

    // --- Who is sent what ---

    ConferenceAllocation allocation() {
        return allocation;
    }

    LoudestSpeakers loudest() {
        return loudest;
    }

    /** Whether an endpoint, or the bridge, sends under this SSRC. */
    boolean knowsSsrc(long ssrc) {
        return ownerOfSsrc.get(ssrc) != null || isOwn(ssrc);
    }

    // --- Who speaks ---

    SpeakerWatch speakers() {
        return speakerWatch;
    }

    /** An audio level arrived (RFC 6464: 0 is loudest, 127 silence). */
    void audioLevel(EndpointSession endpoint, int level, long now) {
        speakerWatch.level(endpoint.speakerNumber(), level, now);
    }

    private void speakersChanged() {
        plane.counters().increment(Counter.SPEAKER_CHANGES);
        publishSpeakers();
        allocation.speakersChanged();
    }

    private void publishSpeakers() {
        outside.publishSpeakers(speakerWatch.order());
        plane.events().dominantSpeakerChanged(outside, speakerWatch.order());
    }

    // --- Time ---

    void tick(long now) {
        if (endpoints.isEmpty()) {
            if (now - emptySince >= plane.settings().times().emptyConference().toNanos()) {
                expire(now);
            }
            return;
        }
        List<EndpointSession> silent = null;
        for (int i = 0; i < inOrder.size(); i++) {
            EndpointSession endpoint = inOrder.get(i);
            endpoint.tick(now);
            if (endpoint.isTicked(now) && endpoint.isSilent(now)) {
                silent = silent == null ? new ArrayList<>() : silent;
                silent.add(endpoint);
            }
        }
        if (silent != null) {
            for (EndpointSession endpoint : silent) {
                plane.counters().increment(Counter.ENDPOINTS_SILENT);
                remove(endpoint, now);
            }
        }
        if (speakerWatch.choose(now)) {
            speakersChanged();
        }
        allocation.tick(now);
    }

    void collect(Vitals vitals, long now) {
        endpoints.values().forEach(endpoint -> vitals.add(endpoint, now));
    }

    ConferenceSnapshot snapshot(long now) {
        return new ConferenceSnapshot(
                outside.id(),
                outside.meetingId(),
                outside.name(),
                outside.worker(),
                (now - createdAt) / 1_000_000,
                speakerWatch.order(),
                endpoints.values().stream()
                        .map(endpoint -> endpoint.snapshot(now))
                        .toList());
    }
}
