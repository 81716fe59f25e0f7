package org.videowindow.focus.conference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.bridge.BridgeState;
import org.videowindow.focus.colibri.Allocation;
import org.videowindow.focus.colibri.ColibriFailure;
import org.videowindow.focus.colibri.ColibriSession;
import org.videowindow.focus.jingle.JingleRequest;
import org.videowindow.focus.jingle.JingleStanzas;
import org.videowindow.focus.jingle.Reading;
import org.videowindow.focus.jingle.RestartLimit;
import org.videowindow.focus.jingle.SessionState;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.source.ConferenceSources;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.SourceViolation;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.Requests.Answer;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * The media of one conference: who is invited, on which bridge, and who is told of whose sources. Belongs to the
 * conference's agent.
 *
 * <p>What others have to be told is never queued: each session remembers what it was told, and {@link #announceAll}
 * sends the difference to what is. So a participant that is late, slow or was cut off ends up with the same picture.
 */
final class MediaSessions {
    private static final Logger log = LoggerFactory.getLogger(MediaSessions.class);
    /** Owner of the bridge's own streams, as clients know it. */
    private static final String BRIDGE = "jvb";

    private static final Duration MOVE_PAUSE = Duration.ofSeconds(5);
    private static final int MOVES_PER_MINUTE = 6;

    private final String name;
    private final EntityBareJid room;
    private final FocusContext focus;
    private final ConferenceSettings settings;
    private final Agent agent;
    private final Runnable onBridgeChange;
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final ConferenceSources sources;
    /** What others see of each owner: without simulcast. The values change identity only when they change. */
    private final Map<String, EndpointSources> visible = new LinkedHashMap<>();

    private final RestartLimit moves = new RestartLimit(Duration.ZERO, MOVES_PER_MINUTE, Duration.ofMinutes(1));
    /** The conference on its bridge, or null while there is none. */
    private ColibriSession bridge;
    /** Whether sessions are wanted and no bridge was to be had. */
    private boolean bridgeMissing;
    /** False while the link is down or the room is not entered: then nothing is started. */
    private boolean running;

    private Cancellable aloneTimer = Cancellable.NONE;

    /** An empty conference. */
    MediaSessions(String name, EntityBareJid room, FocusContext focus, Agent agent, Runnable onBridgeChange) {
        this.name = name;
        this.room = room;
        this.focus = focus;
        this.settings = focus.settings();
        this.agent = agent;
        this.onBridgeChange = onBridgeChange;
        this.sources = new ConferenceSources(settings.sources());
    }

    int bridgeCount() {
        return bridge == null ? 0 : 1;
    }

    boolean isBridgeMissing() {
        return bridgeMissing;
    }

    int size() {
        return participants.size();
    }

    /** Somebody came in. */
    void admit(OccupantPresence presence) {
        if (participants.containsKey(presence.nick())) {
            return;
        }
        participants.put(presence.nick(), new Participant(presence, settings));
        focus.metrics().participantJoined();
        watchForLoneliness();
        inviteMissing();
    }

    /** Somebody is gone. */
    void left(String endpoint) {
        Participant participant = participants.remove(endpoint);
        if (participant == null) {
            return;
        }
        focus.metrics().participantLeft();
        participant.gone();
        end(participant);
        announceAll();
        if (participants.isEmpty()) {
            leaveBridge();
        } else {
            watchForLoneliness();
        }
    }

    /** The room is entered: starts, or goes on after the link was down. */
    void resume() {
        running = true;
        for (Participant participant : participants.values()) {
            Optional<JingleSession> session = participant.session();
            if (session.isPresent() && session.get().is(SessionState.ACTIVE)) {
                // What was under way when the link broke may be lost; saying it again does no harm.
                update(participant, session.get());
            } else if (session.isPresent()) {
                terminate(participant, "connectivity-error", "the offer may be lost");
            } else if (bridge != null) {
                // An endpoint of a request whose answer was lost would be in the way of the next.
                bridge.expire(participant.endpoint());
            }
        }
        announceAll();
        inviteMissing();
        watchForLoneliness();
    }

    /** The link is gone: media go on, signalling waits. */
    void suspend() {
        running = false;
    }

    /** Ends every session, saying why where {@code tell} is set, and leaves the bridge. */
    void endAll(boolean tell, String reason, String text) {
        for (Participant participant : participants.values()) {
            if (tell) {
                terminate(participant, reason, text);
            } else {
                end(participant);
            }
        }
        leaveBridge();
    }

    /** A bridge is gone. */
    void bridgeLost(Jid lost, String reason) {
        if (bridge != null && bridge.bridge().equals(lost)) {
            moveFrom(bridge, reason);
        }
    }

    /** A bridge can be used again. */
    void bridgeUsable() {
        inviteMissing();
    }

    /** Takes a Jingle request of a participant and answers it. */
    void jingle(Participant participant, Iq iq, JingleRequest request) {
        JingleSession session = participant.session().orElse(null);
        if (session == null || !session.sid().equals(request.sid()) || session.is(SessionState.ALLOCATING)) {
            refuse(iq, request, StanzaError.unknownSession());
            return;
        }
        switch (request.action()) {
            case SESSION_ACCEPT -> accept(participant, session, iq, request);
            case SESSION_TERMINATE -> terminated(participant, iq, request);
            case SOURCE_ADD -> addSources(participant, session, iq, request);
            case SOURCE_REMOVE -> removeSources(participant, session, iq, request);
            case SESSION_INFO -> info(iq, request);
            // Clients send no candidates to a bridge; should one, the bridge learns the address by itself.
            case TRANSPORT_INFO -> focus.link().send(iq.result());
            case OTHER -> refuse(iq, request, StanzaError.featureNotImplemented("this action is not supported"));
        }
    }

    Participant participant(String endpoint) {
        return participants.get(endpoint);
    }

    // Inviting

    private void inviteMissing() {
        if (!running || isBelowMinimum()) {
            return;
        }
        List<Participant> missing = participants.values().stream()
                .filter(Participant::isToBeInvited)
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        if (bridge == null && !findBridge(missing.getFirst().region())) {
            return;
        }
        ColibriSession current = bridge;
        for (Participant participant : missing) {
            // A failure may be known at once and take the bridge away.
            if (bridge == current) {
                invite(participant, current);
            }
        }
    }

    private boolean findBridge(Optional<String> region) {
        Optional<BridgeState> choice = focus.brewery().choose(region);
        bridgeMissing = choice.isEmpty();
        if (choice.isEmpty()) {
            log.warn("{}: no bridge is available", name);
        } else {
            String meeting = newMeeting();
            bridge = new ColibriSession(
                    choice.get(), meeting, room.toString(), settings.bridgeTimeout(), focus.requests(), agent);
            log.info("{}: on bridge {} as {}", name, choice.get().address().getResourceOrEmpty(), meeting);
        }
        onBridgeChange.run();
        return choice.isPresent();
    }

    /** A random UUID (RFC 9562 section 5.4). */
    private String newMeeting() {
        long high = (focus.random().nextLong() & ~0xF000L) | 0x4000L;
        long low = (focus.random().nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    private void invite(Participant participant, ColibriSession on) {
        String sid = Long.toString(focus.random().nextLong() >>> 1, Character.MAX_RADIX);
        JingleSession session = new JingleSession(sid, on);
        participant.invited(session);
        focus.brewery().assigned(on.bridge());
        long asked = focus.scheduler().nanoTime();
        on.allocate(
                participant.endpoint(),
                participant.statsId(),
                allocation -> {
                    focus.metrics().allocated(focus.scheduler().nanoTime() - asked);
                    offer(participant, session, allocation);
                },
                failure -> allocationFailed(participant, session, failure));
    }

    private void offer(Participant participant, JingleSession session, Allocation allocation) {
        if (!participant.has(session) || !session.on(SessionState.Event.ALLOCATED)) {
            return;
        }
        sources.reserve(BRIDGE, allocation.bridgeSources());
        Map<String, EndpointSources> announced = new LinkedHashMap<>();
        announced.put(BRIDGE, allocation.bridgeSources());
        visible.forEach((owner, set) -> {
            if (!owner.equals(participant.endpoint())) {
                announced.put(owner, set);
                session.announced().put(owner, set);
            }
        });
        focus.metrics().offered();
        session.awaitAccept(agent.after(
                settings.acceptTimeout(), () -> offerFailed(participant, session, "the offer was not accepted")));
        focus.requests()
                .ask(
                        "set",
                        participant.occupant(),
                        JingleStanzas.sessionInitiate(
                                focus.self(),
                                session.sid(),
                                allocation.transport(),
                                session.bridge().id(),
                                session.bridge().region().orElse(null),
                                announced),
                        settings.answerTimeout(),
                        agent,
                        answer -> {
                            switch (answer) {
                                case Answer.Refused(var error) ->
                                    offerFailed(participant, session, "the offer was refused: " + error);
                                case Answer.TimedOut() ->
                                    offerFailed(participant, session, "the offer was not answered");
                                case Answer.Result(var payload) -> {}
                                // resume() starts over.
                                case Answer.Unsent() -> {}
                            }
                        });
    }

    private void offerFailed(Participant participant, JingleSession session, String reason) {
        if (!participant.has(session)) {
            return;
        }
        log.info("{}: {}: {}", name, participant.endpoint(), reason);
        focus.metrics().offerFailed();
        terminate(participant, "timeout", reason);
        announceAll();
        inviteLater(participant);
    }

    private void allocationFailed(Participant participant, JingleSession session, ColibriFailure failure) {
        if (!participant.has(session)) {
            return;
        }
        focus.metrics().colibriFailed(failure.kind());
        switch (failure.kind()) {
            case BRIDGE_SILENT -> {
                focus.brewery().reportFailure(session.bridge().bridge());
                moveFrom(session.bridge(), failure.text());
            }
            case CONFERENCE_UNKNOWN, BRIDGE_DRAINING -> moveFrom(session.bridge(), failure.text());
            case ENDPOINT_UNKNOWN, REFUSED -> {
                log.warn("{}: the bridge refuses {}: {}", name, participant.endpoint(), failure.text());
                end(participant);
                inviteLater(participant);
            }
            // resume() starts over.
            case LINK_LOST -> {
                end(participant);
                abandonUnusedBridge();
            }
        }
    }

    /** Nobody has media by it, and whether the conference exists there is not known: the next one is a new one. */
    private void abandonUnusedBridge() {
        boolean used = participants.values().stream()
                .flatMap(participant -> participant.session().stream())
                .anyMatch(session -> !session.is(SessionState.ALLOCATING));
        if (bridge != null && !used) {
            bridge.abandon();
            bridge = null;
        }
    }

    private void inviteLater(Participant participant) {
        participant.pause(agent.after(participant.failed(), () -> {
            participant.pauseOver();
            inviteMissing();
        }));
    }

    // What participants ask

    private void accept(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (!session.is(SessionState.OFFERED)) {
            refuse(iq, request, StanzaError.outOfOrder("the session is accepted already"));
            return;
        }
        switch (request.accept(settings.sources().sourceLimit())) {
            case Reading.Bad<JingleRequest.Accept>(var error) -> refuse(iq, request, error);
            case Reading.Good<JingleRequest.Accept>(var accept) -> {
                Optional<SourceViolation> violation = sources.add(participant.endpoint(), accept.sources());
                if (violation.isPresent()) {
                    refuse(iq, request, violation.get());
                    return;
                }
                focus.link().send(iq.result());
                session.on(SessionState.Event.ACCEPTED);
                session.accepted(accept.transport());
                participant.accepted();
                focus.metrics().accepted();
                sourcesChanged(participant, session);
            }
        }
    }

    private void addSources(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (!session.is(SessionState.ACTIVE)) {
            refuse(iq, request, StanzaError.outOfOrder("the session is not accepted yet"));
            return;
        }
        switch (request.sources(settings.sources().sourceLimit())) {
            case Reading.Bad<EndpointSources>(var error) -> refuse(iq, request, error);
            case Reading.Good<EndpointSources>(var more) -> {
                Optional<SourceViolation> violation = sources.add(participant.endpoint(), more);
                settle(participant, session, iq, request, violation);
            }
        }
    }

    private void removeSources(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (!session.is(SessionState.ACTIVE)) {
            refuse(iq, request, StanzaError.outOfOrder("the session is not accepted yet"));
            return;
        }
        switch (request.ssrcs(settings.sources().sourceLimit())) {
            case Reading.Bad<Set<Long>>(var error) -> refuse(iq, request, error);
            case Reading.Good<Set<Long>>(var ssrcs) -> {
                Optional<SourceViolation> violation = sources.remove(participant.endpoint(), ssrcs);
                settle(participant, session, iq, request, violation);
            }
        }
    }

    private void settle(
            Participant participant,
            JingleSession session,
            Iq iq,
            JingleRequest request,
            Optional<SourceViolation> violation) {
        if (violation.isPresent()) {
            refuse(iq, request, violation.get());
            return;
        }
        focus.link().send(iq.result());
        sourcesChanged(participant, session);
    }

    private void terminated(Participant participant, Iq iq, JingleRequest request) {
        boolean restart = request.bridgeSession()
                .map(element -> "true".equals(element.attribute("restart")))
                .orElse(false);
        if (restart && !participant.restarts().grant(focus.scheduler().nanoTime())) {
            focus.metrics().restart(false);
            refuse(iq, request, StanzaError.resourceConstraint("too many restarts; wait before the next"));
            return;
        }
        focus.link().send(iq.result());
        log.info("{}: {} ended its session ({}), restart {}", name, participant.endpoint(), word(request), restart);
        end(participant);
        announceAll();
        if (restart) {
            focus.metrics().restart(true);
            participant.restart();
            inviteMissing();
        } else {
            participant.decline();
        }
    }

    /** A client's word in a log line: letters only. */
    private static String word(JingleRequest request) {
        String word = request.reason();
        return word.length() <= 32 && word.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z')) ? word : "?";
    }

    private void info(Iq iq, JingleRequest request) {
        boolean iceRestart = request.bridgeSession()
                .map(element -> "true".equals(element.attribute("ice-restart")))
                .orElse(false);
        if (iceRestart) {
            refuse(iq, request, StanzaError.featureNotImplemented("ask for a new session instead"));
        } else {
            focus.link().send(iq.result());
        }
    }

    private void refuse(Iq iq, JingleRequest request, SourceViolation violation) {
        focus.metrics().sourcesRefused(violation.reason());
        refuse(iq, request, violation.toError());
    }

    private void refuse(Iq iq, JingleRequest request, StanzaError error) {
        focus.metrics().jingleRefused(request.action(), error.condition());
        log.debug("{}: {} refused: {}", name, request.action(), error);
        focus.link().send(iq.error(error));
    }

    // Telling the bridge and the others

    private void sourcesChanged(Participant participant, JingleSession session) {
        EndpointSources own = sources.of(participant.endpoint()).withoutSimulcast();
        if (own.isEmpty()) {
            visible.remove(participant.endpoint());
        } else {
            visible.put(participant.endpoint(), own);
        }
        update(participant, session);
        announceAll();
    }

    private void update(Participant participant, JingleSession session) {
        session.bridge()
                .update(
                        participant.endpoint(),
                        session.transport(),
                        sources.of(participant.endpoint()),
                        failure -> updateFailed(participant, session, failure));
    }

    private void updateFailed(Participant participant, JingleSession session, ColibriFailure failure) {
        if (!participant.has(session)) {
            return;
        }
        focus.metrics().colibriFailed(failure.kind());
        switch (failure.kind()) {
            case BRIDGE_SILENT -> {
                focus.brewery().reportFailure(session.bridge().bridge());
                moveFrom(session.bridge(), failure.text());
            }
            case CONFERENCE_UNKNOWN, BRIDGE_DRAINING -> moveFrom(session.bridge(), failure.text());
            case ENDPOINT_UNKNOWN, REFUSED -> {
                log.warn("{}: the bridge lost {}: {}", name, participant.endpoint(), failure.text());
                terminate(participant, "connectivity-error", "the bridge lost the endpoint");
                announceAll();
                inviteLater(participant);
            }
            // resume() says it again.
            case LINK_LOST -> {}
        }
    }

    private void announceAll() {
        if (!running) {
            return;
        }
        for (Participant participant : participants.values()) {
            participant
                    .session()
                    .filter(session -> session.is(SessionState.ACTIVE))
                    .ifPresent(session -> announce(participant, session));
        }
    }

    private void announce(Participant participant, JingleSession session) {
        SourceDelta delta = SourceDelta.between(session.announced(), visible, participant.endpoint());
        if (!delta.removed().isEmpty()) {
            tell(participant, session, JingleStanzas.sourceRemove(session.sid(), delta.removed()), Set.of());
        }
        if (!delta.added().isEmpty()) {
            Set<String> owners = delta.added().keySet();
            tell(participant, session, JingleStanzas.sourceAdd(session.sid(), delta.added()), owners);
        }
        session.announced().keySet().retainAll(visible.keySet());
        Map<String, EndpointSources> others = new HashMap<>(visible);
        others.remove(participant.endpoint());
        session.announced().putAll(others);
    }

    private void tell(Participant participant, JingleSession session, XmlElement jingle, Set<String> added) {
        focus.requests().ask("set", participant.occupant(), jingle, settings.answerTimeout(), agent, answer -> {
            if (!participant.has(session)) {
                return;
            }
            switch (answer) {
                case Answer.Unsent() -> session.announced().keySet().removeAll(added);
                case Answer.Refused(var error) -> {
                    focus.metrics().announcementRefused();
                    if (error.condition().equals("item-not-found")) {
                        // The client knows of no such session any more; it would never show anybody again.
                        offerFailed(participant, session, "the session is unknown to the client");
                    }
                }
                case Answer.TimedOut() -> focus.metrics().announcementRefused();
                case Answer.Result(var payload) -> {}
            }
        });
    }

    // Ending

    private void terminate(Participant participant, String reason, String text) {
        participant.session().ifPresent(session -> {
            if (!session.is(SessionState.ALLOCATING)) {
                focus.requests()
                        .ask(
                                "set",
                                participant.occupant(),
                                JingleStanzas.sessionTerminate(session.sid(), reason, text),
                                settings.answerTimeout(),
                                agent,
                                answer -> {});
            }
        });
        end(participant);
    }

    private void end(Participant participant) {
        participant.session().ifPresent(session -> {
            participant.sessionOver();
            session.bridge().expire(participant.endpoint());
            sources.remove(participant.endpoint());
            visible.remove(participant.endpoint());
        });
    }

    private boolean isBelowMinimum() {
        return participants.size() < settings.minParticipants();
    }

    private void watchForLoneliness() {
        aloneTimer.cancel();
        if (isBelowMinimum() && bridge != null) {
            aloneTimer = agent.after(settings.aloneTimeout(), this::endIfAlone);
        }
    }

    private void endIfAlone() {
        if (!running || !isBelowMinimum() || bridge == null) {
            return;
        }
        log.info("{}: alone for a while; the session ends", name);
        endAll(true, "expired", "nobody else is here");
    }

    private void leaveBridge() {
        if (bridge != null) {
            bridge.expireAll();
            bridge = null;
        }
        bridgeMissing = false;
        onBridgeChange.run();
    }

    private void moveFrom(ColibriSession lost, String reason) {
        if (bridge != lost) {
            return;
        }
        log.warn("{}: leaves bridge {}: {}", name, lost.bridge().getResourceOrEmpty(), reason);
        focus.metrics().conferenceMoved();
        // Told to expire even so: a bridge that is only slow must not keep the conference.
        lost.expireAll();
        bridge = null;
        for (Participant participant : new ArrayList<>(participants.values())) {
            terminate(participant, "gone", "the bridge is gone");
        }
        onBridgeChange.run();
        if (moves.grant(focus.scheduler().nanoTime())) {
            inviteMissing();
        } else {
            agent.after(MOVE_PAUSE, this::inviteMissing);
        }
    }
}
