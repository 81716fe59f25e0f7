package org.videowindow.bridge.colibri;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.ConferenceException;
import org.videowindow.bridge.conference.Conferences;
import org.videowindow.bridge.conference.EndpointTransport;

/**
 * Answers COLIBRI2 requests, wherever they come from, by calls to the conferences. Any thread may call; requests for
 * one meeting are handled one after the other.
 *
 * <p>A request is read and checked completely before anything changes, and what it created is removed again when a
 * later part of it fails. A request whose answer got lost can be sent again: creating a conference or an endpoint that
 * is there and untouched answers as the first time, removing an endpoint that is gone succeeds.
 */
public final class Colibri2Handler {
    private static final Logger log = LoggerFactory.getLogger(Colibri2Handler.class);
    private static final int ENDPOINTS_PER_REQUEST = 1_000;
    private static final int MEETING_ID = 256;

    private final Conferences conferences;
    private final ChannelAddress channelAddress;
    private final Admission admission;
    private final ColibriCounters counters;
    private final ReentrantLock[] locks = new ReentrantLock[64];

    /** What endpoints were given that have not told their own transport yet; guarded by the lock of the meeting. */
    private final Map<Conference, Map<String, EndpointTransport>> unanswered =
            Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * @param channelAddress of the bridge channels
     * @param admission whether new conferences are welcome
     */
    public Colibri2Handler(
            Conferences conferences, ChannelAddress channelAddress, Admission admission, ColibriCounters counters) {
        this.conferences = conferences;
        this.channelAddress = channelAddress;
        this.admission = admission;
        this.counters = counters;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The answer to a request: {@code conference-modified}, or an error. Never throws. */
    public IQ handle(ConferenceModifyIQ request) {
        counters.requests.increment();
        try {
            String meetingId = request.getMeetingId();
            if (meetingId == null || meetingId.isEmpty() || meetingId.length() > MEETING_ID) {
                throw ColibriRefusal.badRequest("A meeting-id has 1 to " + MEETING_ID + " characters.");
            }
            List<EndpointRequest> endpoints = read(request);
            ReentrantLock lock = locks[Math.floorMod(meetingId.hashCode(), locks.length)];
            lock.lock();
            try {
                return answer(request, endpoints);
            } finally {
                lock.unlock();
            }
        } catch (ColibriRefusal refusal) {
            return refuse(request, refusal);
        } catch (RuntimeException e) {
            // The elements read their numbers lazily: a value that is no number shows only here.
            log.debug("A COLIBRI2 request could not be read", e);
            return refuse(request, ColibriRefusal.badRequest("A value of the request cannot be read."));
        }
    }

    private static List<EndpointRequest> read(ConferenceModifyIQ request) throws ColibriRefusal {
        if (request.getCreate() && request.getExpire()) {
            throw ColibriRefusal.badRequest("A conference cannot be created and expired at once.");
        }
        if (!request.getRelays().isEmpty()) {
            throw ColibriRefusal.notImplemented("A relay between bridges");
        }
        if (request.getConnects() != null
                && !request.getConnects().getConnects().isEmpty()) {
            throw ColibriRefusal.notImplemented("Export of media");
        }
        EndpointReader.limit(request.getEndpoints().size(), ENDPOINTS_PER_REQUEST, "endpoints");
        List<EndpointRequest> endpoints = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Colibri2Endpoint endpoint : request.getEndpoints()) {
            EndpointRequest read = EndpointReader.read(endpoint);
            if (!ids.add(read.id())) {
                throw ColibriRefusal.badRequest("Endpoint " + read.id() + " occurs twice.");
            }
            endpoints.add(read);
        }
        return endpoints;
    }

    private IQ answer(ConferenceModifyIQ request, List<EndpointRequest> endpoints) throws ColibriRefusal {
        Optional<Conference> found = conferences.find(request.getMeetingId());
        Conference conference = found.isPresent() ? existing(request, found.get()) : created(request);
        ConferenceModifiedIQ.Builder answer =
                ConferenceModifiedIQ.builder(ConferenceModifiedIQ.Builder.createResponse(request));
        if (request.getExpire()) {
            conference.expire();
            log.info("Conference {} expired on request", conference.id());
            return answer.build();
        }
        List<String> added = new ArrayList<>();
        try {
            check(conference, endpoints);
            boolean tellSources = request.getCreate();
            for (EndpointRequest endpoint : endpoints) {
                answer.addEndpoint(apply(conference, endpoint, added));
                tellSources |= endpoint.create();
            }
            if (tellSources) {
                answer.setSources(ColibriAnswer.sources(conference.feedbackSources()));
            }
            return answer.build();
        } catch (ColibriRefusal | RuntimeException e) {
            undo(conference, found.isEmpty(), added);
            throw e;
        }
    }

    private Conference existing(ConferenceModifyIQ request, Conference conference) throws ColibriRefusal {
        boolean sameName = request.getConferenceName() == null
                || conference.name() == null
                || Objects.equals(request.getConferenceName(), conference.name());
        if (request.getCreate() && !sameName) {
            throw ColibriRefusal.conferenceExists(request.getMeetingId());
        }
        return conference;
    }

    private Conference created(ConferenceModifyIQ request) throws ColibriRefusal {
        if (!request.getCreate()) {
            throw ColibriRefusal.conferenceNotFound(request.getMeetingId());
        }
        if (!admission.acceptsConferences()) {
            throw ColibriRefusal.gracefulShutdown();
        }
        try {
            Conference conference = conferences.create(request.getMeetingId(), request.getConferenceName());
            log.info("Conference {} created", conference.id());
            return conference;
        } catch (ConferenceException e) {
            throw refusal(e, request.getMeetingId(), null);
        }
    }

    /** Whether every endpoint is there, or not there, as the request assumes. */
    private void check(Conference conference, List<EndpointRequest> endpoints) throws ColibriRefusal {
        Set<String> present = conference.endpointIds();
        Map<String, EndpointTransport> given = unanswered.getOrDefault(conference, Map.of());
        for (EndpointRequest endpoint : endpoints) {
            if (endpoint.create() && present.contains(endpoint.id()) && !given.containsKey(endpoint.id())) {
                throw ColibriRefusal.of(Condition.conflict, "Endpoint " + endpoint.id() + " exists.");
            }
            if (!endpoint.create() && !endpoint.expire() && !present.contains(endpoint.id())) {
                throw ColibriRefusal.unknownEndpoint(endpoint.id());
            }
        }
    }

    private Colibri2Endpoint apply(Conference conference, EndpointRequest request, List<String> added)
            throws ColibriRefusal {
        String id = request.id();
        try {
            if (request.expire()) {
                expire(conference, id);
                return ColibriAnswer.expired(id);
            }
            EndpointTransport transport = request.create() ? create(conference, request, added) : null;
            if (request.transport() != null) {
                conference.setRemoteTransport(id, request.transport());
                unanswered.getOrDefault(conference, new HashMap<>()).remove(id);
            }
            if (request.sources() != null) {
                conference.setSources(id, request.sources());
            }
            if (request.iceRestart()) {
                return ColibriAnswer.restarted(id, conference.restartIce(id));
            }
            return transport == null
                    ? ColibriAnswer.endpoint(id)
                    : ColibriAnswer.created(
                            id, transport, channelAddress.of(conference.id(), id, transport.channelPassword()));
        } catch (ConferenceException e) {
            throw refusal(e, conference.meetingId(), conference.isExpired() ? null : id);
        }
    }

    private EndpointTransport create(Conference conference, EndpointRequest request, List<String> added)
            throws ConferenceException {
        Map<String, EndpointTransport> given = unanswered.computeIfAbsent(conference, key -> new HashMap<>());
        Set<String> present = conference.endpointIds();
        // Endpoints that fell silent before they told anything leave here.
        given.keySet().retainAll(present);
        EndpointTransport transport = given.get(request.id());
        if (transport == null) {
            transport = conference.addEndpoint(request.id(), request.settings());
            added.add(request.id());
            given.put(request.id(), transport);
        }
        return transport;
    }

    private void expire(Conference conference, String id) throws ConferenceException {
        unanswered.getOrDefault(conference, new HashMap<>()).remove(id);
        try {
            conference.expireEndpoint(id);
        } catch (ConferenceException e) {
            if (e.reason() != ConferenceException.Reason.UNKNOWN) {
                throw e;
            }
        }
    }

    private void undo(Conference conference, boolean created, List<String> added) {
        if (created) {
            conference.expire();
            return;
        }
        for (String id : added) {
            try {
                expire(conference, id);
            } catch (ConferenceException e) {
                log.warn("Endpoint {} of conference {} could not be taken back: {}", id, conference.id(), e.reason());
            }
        }
    }

    private static ColibriRefusal refusal(ConferenceException e, String meetingId, String endpointId) {
        return switch (e.reason()) {
            case UNKNOWN ->
                endpointId == null
                        ? ColibriRefusal.conferenceNotFound(meetingId)
                        : ColibriRefusal.unknownEndpoint(endpointId);
            case EXISTS -> ColibriRefusal.of(Condition.conflict, e.getMessage());
            case LIMIT, OVERLOADED -> ColibriRefusal.of(Condition.resource_constraint, e.getMessage());
            // A conflict of sources is the asking part's mistake, and "conflict" would make Jicofo leave the bridge.
            case CONFLICT, INVALID -> ColibriRefusal.badRequest(e.getMessage());
        };
    }

    private IQ refuse(ConferenceModifyIQ request, ColibriRefusal refusal) {
        counters.refused(refusal.condition());
        log.info("COLIBRI2 request refused ({}): {}", refusal.condition(), refusal.getMessage());
        return refusal.answer(request);
    }
}
