package org.videowindow.bridge.colibri;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.ConferenceException;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.conference.ConferenceSnapshot;
import org.videowindow.bridge.conference.Conferences;
import org.videowindow.bridge.conference.DtlsSetup;
import org.videowindow.bridge.conference.EndpointSettings;
import org.videowindow.bridge.conference.EndpointTransport;
import org.videowindow.bridge.conference.Fingerprint;
import org.videowindow.bridge.conference.MappedSource;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.PacketTap;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.RemoteTransport;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.TransportCandidate;
import org.videowindow.bridge.conference.VideoType;

/**
 * Conferences without media: behaves as the real ones towards signalling, with predictable ids, so that answers can be
 * compared word by word.
 */
public final class MemoryConferences implements Conferences {
    private final Map<String, MemoryConference> byMeeting = new ConcurrentHashMap<>();
    private int created;

    /** How many conferences there may be. */
    public int limit = 10;

    @Override
    public Conference create(String meetingId, String name) throws ConferenceException {
        if (byMeeting.containsKey(meetingId)) {
            throw new ConferenceException(Reason.EXISTS, "It exists.");
        }
        if (byMeeting.size() >= limit) {
            throw new ConferenceException(Reason.LIMIT, "The bridge is full.");
        }
        created++;
        MemoryConference conference = new MemoryConference(String.format("%016x", created), meetingId, name);
        byMeeting.put(meetingId, conference);
        return conference;
    }

    @Override
    public void whenEmpty(Runnable task) {
        throw new UnsupportedOperationException("nothing that is tested with this asks for it");
    }

    @Override
    public Optional<Conference> find(String meetingId) {
        return Optional.ofNullable(byMeeting.get(meetingId));
    }

    @Override
    public Optional<Conference> findById(String conferenceId) {
        return byMeeting.values().stream()
                .filter(conference -> conference.id.equals(conferenceId))
                .<Conference>map(conference -> conference)
                .findFirst();
    }

    @Override
    public List<Conference> list() {
        return List.copyOf(byMeeting.values());
    }

    /** The conference of a meeting, which must exist. */
    public MemoryConference of(String meetingId) {
        return byMeeting.get(meetingId);
    }

    /** One conference. */
    public final class MemoryConference implements Conference {
        private final String id;
        private final String meetingId;
        private final String name;
        /** What was told, by endpoint. */
        public final Map<String, EndpointSettings> settings = new LinkedHashMap<>();

        public final Map<String, RemoteTransport> transports = new HashMap<>();
        public final Map<String, List<MediaSource>> sources = new HashMap<>();
        public final Map<String, ReceiverConstraints> constraints = new ConcurrentHashMap<>();
        public final Map<String, PacketTap> taps = new ConcurrentHashMap<>();
        public final Map<String, VideoType> videoTypes = new ConcurrentHashMap<>();
        public volatile Map<String, Integer> senderConstraints = Map.of();
        public final Map<MediaKind, List<MappedSource>> mappedSources = new ConcurrentHashMap<>();
        public volatile SpeakerOrder speakers = SpeakerOrder.NOBODY;
        private boolean expired;
        private int generation;

        private MemoryConference(String id, String meetingId, String name) {
            this.id = id;
            this.meetingId = meetingId;
            this.name = name;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String meetingId() {
            return meetingId;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public synchronized Set<String> endpointIds() {
            return Set.copyOf(settings.keySet());
        }

        @Override
        public List<MediaSource> feedbackSources() {
            return List.of(
                    new MediaSource("jvb-a0", MediaKind.AUDIO, VideoType.NONE, List.of(3190219402L), List.of()),
                    new MediaSource("jvb-v0", MediaKind.VIDEO, VideoType.CAMERA, List.of(1597436994L), List.of()));
        }

        @Override
        public synchronized EndpointTransport addEndpoint(String endpointId, EndpointSettings offered)
                throws ConferenceException {
            if (settings.putIfAbsent(endpointId, offered) != null) {
                throw new ConferenceException(Reason.EXISTS, "It exists.");
            }
            return new EndpointTransport(
                    "ufrag-" + endpointId,
                    "icepwd-of-at-least-22-characters-" + endpointId,
                    new Fingerprint("sha-256", "AB:CD"),
                    DtlsSetup.ACTPASS,
                    List.of(new TransportCandidate("c1", "host", "192.0.2.1", 10000, 2130706431L, "1")),
                    "secret-" + endpointId);
        }

        @Override
        public synchronized EndpointTransport restartIce(String endpointId) throws ConferenceException {
            known(endpointId);
            return new EndpointTransport(
                    "again-" + endpointId,
                    "icepwd-of-at-least-22-characters-again-" + endpointId,
                    new Fingerprint("sha-256", "AB:CD"),
                    DtlsSetup.ACTPASS,
                    List.of(new TransportCandidate("c1", "host", "192.0.2.1", 10000, 2130706431L, "1")),
                    transports.containsKey(endpointId) ? ++generation : 0,
                    "secret-" + endpointId);
        }

        @Override
        public synchronized void setRemoteTransport(String endpointId, RemoteTransport transport)
                throws ConferenceException {
            known(endpointId);
            if (transport.setup() == DtlsSetup.PASSIVE) {
                throw new ConferenceException(Reason.INVALID, "The bridge is the DTLS server.");
            }
            transports.put(endpointId, transport);
        }

        @Override
        public synchronized void setSources(String endpointId, List<MediaSource> told) throws ConferenceException {
            known(endpointId);
            for (Map.Entry<String, List<MediaSource>> other : sources.entrySet()) {
                if (!other.getKey().equals(endpointId) && shares(other.getValue(), told)) {
                    throw new ConferenceException(Reason.CONFLICT, "An SSRC belongs to another endpoint.");
                }
            }
            sources.put(endpointId, told);
        }

        private boolean shares(List<MediaSource> some, List<MediaSource> others) {
            List<Long> ssrcs = new ArrayList<>();
            some.forEach(source -> ssrcs.addAll(source.ssrcs()));
            return others.stream().anyMatch(source -> source.ssrcs().stream().anyMatch(ssrcs::contains));
        }

        @Override
        public void setReceiverConstraints(String endpointId, ReceiverConstraints wish) {
            constraints.put(endpointId, wish);
        }

        @Override
        public synchronized void expireEndpoint(String endpointId) throws ConferenceException {
            known(endpointId);
            settings.remove(endpointId);
            transports.remove(endpointId);
            sources.remove(endpointId);
        }

        @Override
        public synchronized void expire() {
            expired = true;
            byMeeting.remove(meetingId, this);
            settings.clear();
        }

        @Override
        public synchronized boolean isExpired() {
            return expired;
        }

        @Override
        public synchronized boolean admitsChannel(String endpointId, String password) {
            return settings.containsKey(endpointId) && ("secret-" + endpointId).equals(password);
        }

        @Override
        public SpeakerOrder speakers() {
            return speakers;
        }

        @Override
        public void setVideoType(String endpointId, String sourceName, VideoType type) {
            videoTypes.put(endpointId + " " + sourceName, type);
        }

        @Override
        public Map<String, Integer> senderConstraints(String endpointId) {
            return senderConstraints;
        }

        @Override
        public List<MappedSource> mappedSources(String endpointId, MediaKind kind) {
            return mappedSources.getOrDefault(kind, List.of());
        }

        @Override
        public List<String> forwardedSources(String endpointId) {
            return List.of("other-v0");
        }

        @Override
        public synchronized Optional<MediaPath> mediaPath(String endpointId) throws ConferenceException {
            known(endpointId);
            return Optional.of(new MediaPath(
                    new InetSocketAddress("192.0.2.1", 10_000), new InetSocketAddress("198.51.100.7", 50_000)));
        }

        @Override
        public synchronized void tap(String endpointId, PacketTap tap) throws ConferenceException {
            known(endpointId);
            taps.put(endpointId, tap);
        }

        @Override
        public synchronized void untap(String endpointId, PacketTap tap) throws ConferenceException {
            known(endpointId);
            taps.remove(endpointId, tap);
        }

        @Override
        public synchronized ConferenceSnapshot snapshot() {
            return new ConferenceSnapshot(id, meetingId, name, 0, 0, speakers, List.of());
        }

        private void known(String endpointId) throws ConferenceException {
            if (!settings.containsKey(endpointId)) {
                throw new ConferenceException(Reason.UNKNOWN, "There is no endpoint " + endpointId + ".");
            }
        }
    }
}
