package org.videowindow.focus.conference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.colibri.ColibriFailure;
import org.videowindow.focus.colibri.ColibriSession;
import org.videowindow.focus.jingle.JingleRequest;
import org.videowindow.focus.jingle.JingleStanzas;
import org.videowindow.focus.jingle.SessionState;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.saved.SavedConference;
import org.videowindow.focus.source.ConferenceSources;
import org.videowindow.focus.xmpp.Iq;

/**
 * The media of one conference: who is invited when, and what happens when something on the way fails. Belongs to the
 * conference's agent.
 */
final class MediaSessions implements ClientRequests.Effects, Invitations.Outcomes, BridgeMoves.Effects {
    private static final Logger log = LoggerFactory.getLogger(MediaSessions.class);

    private final String name;
    private final FocusContext focus;
    private final ConferenceSettings settings;
    private final Agent agent;
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final ConferenceSources sources;
    private final Announcements announcements;
    private final ClientRequests requests;
    private final ConferenceBridge bridge;
    private final Invitations invitations;
    private final FeatureDiscovery discovery;
    private final BridgeMoves moves;

    private Cancellable aloneTimer = Cancellable.NONE;
    /** False while the link is down or the room is not entered: then nothing is started. */
    private boolean running;
    /** Whether something changed that another process would have to know to go on. */
    private boolean changed;

    /** A conference without participants. */
    MediaSessions(String name, EntityBareJid room, FocusContext focus, Agent agent, Runnable onBridgeChange) {
        this.name = name;
        this.focus = focus;
        this.settings = focus.settings();
        this.agent = agent;
        this.sources = new ConferenceSources(settings.sources());
        this.announcements = new Announcements(focus, agent, this::sessionUnknown);
        this.requests = new ClientRequests(name, focus, sources, new IceRestarts(name, focus, agent), this);
        this.bridge = new ConferenceBridge(name, room, focus, agent, () -> {
            changed = true;
            onBridgeChange.run();
        });
        this.invitations = new Invitations(focus, agent, sources, announcements, bridge, this);
        this.moves = new BridgeMoves(name, focus, agent, bridge, this);
        this.discovery = new FeatureDiscovery(focus, agent, this::inviteMissing);
    }

    /** Takes over what an earlier process had; {@link #resume} brings everybody in line. */
    void restore(EntityBareJid room, SavedConference saved) {
        Optional<ColibriSession> on = saved.bridge().map(bridge::resume);
        on.ifPresent(session ->
                sources.reserve(Invitations.BRIDGE, saved.bridge().orElseThrow().sources()));
        for (SavedConference.Participant one : saved.participants()) {
            Participant participant = Participant.resumed(one, Participant.remembered(room, one), settings);
            participants.put(participant.endpoint(), participant);
            focus.metrics().participantJoined();
            if (on.isPresent() && one.session().isPresent()) {
                participant.invited(JingleSession.resumed(one.session().get(), on.get()));
                sources.restore(participant.endpoint(), one.session().get().sources());
                announcements.update(participant.endpoint(), sources.of(participant.endpoint()));
            }
        }
        for (SavedConference.Participant one : saved.participants()) {
            Participant participant = participants.get(one.endpoint());
            participant
                    .session()
                    .filter(session -> one.session().orElseThrow().told())
                    .ifPresent(session -> announcements.resumed(participant, session));
        }
    }

    /** What another process would need to go on, if that has changed since the last call. */
    Optional<SavedConference> takeChanged(EntityBareJid room, long createdMillis) {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(new SavedConference(
                room,
                createdMillis,
                bridge.current().flatMap(ColibriSession::saved),
                participants.values().stream()
                        .map(participant -> participant.saved(sources.of(participant.endpoint())))
                        .toList()));
    }

    int bridgeCount() {
        return bridge.count();
    }

    boolean isBridgeMissing() {
        return bridge.isMissing();
    }

    int size() {
        return participants.size();
    }

    Participant participant(String endpoint) {
        return participants.get(endpoint);
    }

    /** Somebody came in. */
    void admit(OccupantPresence presence) {
        if (participants.containsKey(presence.nick())) {
            return;
        }
        Participant participant = new Participant(presence, settings);
        participants.put(participant.endpoint(), participant);
        discovery.discover(participant, presence);
        changed = true;
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
        changed = true;
        participant.gone();
        end(participant);
        announce();
        if (participants.isEmpty()) {
            bridge.leave();
        }
        watchForLoneliness();
    }

    /** The room is entered: starts, or goes on after the link was down. */
    void resume() {
        running = true;
        for (Participant participant : participants.values()) {
            Optional<JingleSession> session = participant.session();
            if (session.isPresent() && session.get().is(SessionState.ACTIVE)) {
                // What was under way when the link broke may be lost; saying it again does no harm.
                updateBridge(participant, session.get());
            } else if (session.isPresent()) {
                terminate(participant, "connectivity-error", "the offer may be lost");
            } else {
                // An endpoint of a request whose answer was lost would be in the way of the next.
                bridge.current().ifPresent(current -> current.expire(participant.endpoint()));
            }
        }
        announce();
        inviteMissing();
        watchForLoneliness();
    }

    /** The link is gone: media go on, signalling waits. */
    void suspend() {
        running = false;
        // What was under way is lost.
        changed = true;
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
        bridge.leave();
    }

    /** A bridge is gone, or does not work. */
    void bridgeLost(Jid lost, String reason, boolean gone) {
        moves.lost(lost, reason, gone);
    }

    /** A bridge can be used again, or for the first time. */
    void bridgeUsable() {
        moves.usable();
    }

    /** Takes a Jingle request of a participant and answers it. */
    void jingle(Participant participant, Iq iq, JingleRequest request) {
        requests.handle(participant, iq, request);
    }

    @Override
    public void changed(Participant participant, JingleSession session) {
        changed = true;
        announcements.update(participant.endpoint(), sources.of(participant.endpoint()));
        updateBridge(participant, session);
        announce();
    }

    @Override
    public void ended(Participant participant, boolean restart) {
        end(participant);
        announce();
        changed = true;
        if (restart) {
            participant.restart();
            inviteMissing();
        } else {
            participant.decline();
        }
    }

    // Inviting

    @Override
    public void inviteMissing() {
        if (running && !isBelowMinimum()) {
            invitations.inviteMissing(participants.values());
        }
    }

    @Override
    public void progressed() {
        changed = true;
    }

    private void sessionUnknown(Participant participant, JingleSession session) {
        offerFailed(participant, session, "the session is unknown to the client");
    }

    @Override
    public void offerFailed(Participant participant, JingleSession session, String reason) {
        if (!participant.has(session)) {
            return;
        }
        log.info("{}: {}: {}", name, participant.endpoint(), reason);
        focus.metrics().offerFailed();
        terminate(participant, "timeout", reason);
        announce();
        inviteLater(participant);
    }

    private void inviteLater(Participant participant) {
        participant.pause(agent.after(participant.failed(), () -> {
            participant.pauseOver();
            inviteMissing();
        }));
    }

    // What the bridge says

    private void updateBridge(Participant participant, JingleSession session) {
        session.bridge()
                .update(
                        participant.endpoint(),
                        session.transport(),
                        sources.of(participant.endpoint()),
                        failure -> updateFailed(participant, session, failure));
    }

    @Override
    public void allocationFailed(Participant participant, JingleSession session, ColibriFailure failure) {
        if (!participant.has(session) || moves.isBridgeAtFault(session.bridge(), failure)) {
            return;
        }
        end(participant);
        if (failure.kind() == ColibriFailure.Kind.LINK_LOST) {
            // resume() starts over.
            abandonUnusedBridge();
        } else {
            log.warn("{}: the bridge refuses {}: {}", name, participant.endpoint(), failure.text());
            inviteLater(participant);
        }
    }

    private void updateFailed(Participant participant, JingleSession session, ColibriFailure failure) {
        if (!participant.has(session) || moves.isBridgeAtFault(session.bridge(), failure)) {
            return;
        }
        // A lost link says nothing of the bridge: resume() says everything again.
        if (failure.kind() != ColibriFailure.Kind.LINK_LOST) {
            log.warn("{}: the bridge lost {}: {}", name, participant.endpoint(), failure.text());
            terminate(participant, "connectivity-error", "the bridge lost the endpoint");
            announce();
            inviteLater(participant);
        }
    }

    /** Nobody has media by it, and whether the conference exists there is not known: the next one is a new one. */
    private void abandonUnusedBridge() {
        boolean used = participants.values().stream()
                .flatMap(participant -> participant.session().stream())
                .anyMatch(session -> !session.is(SessionState.ALLOCATING));
        if (!used) {
            bridge.abandon();
        }
    }

    @Override
    public void bridgeLeft() {
        participants.values().forEach(participant -> terminate(participant, "gone", "the bridge is gone"));
    }

    // Ending

    private void announce() {
        if (running) {
            changed = true;
            announcements.tell(participants.values());
        }
    }

    private void terminate(Participant participant, String reason, String text) {
        participant
                .session()
                .filter(session -> !session.is(SessionState.ALLOCATING))
                .ifPresent(session -> focus.requests()
                        .ask(
                                "set",
                                participant.occupant(),
                                JingleStanzas.sessionTerminate(session.sid(), reason, text),
                                settings.answerTimeout(),
                                agent,
                                answer -> {}));
        end(participant);
    }

    private void end(Participant participant) {
        participant.session().ifPresent(session -> {
            changed = true;
            participant.sessionOver();
            session.bridge().expire(participant.endpoint());
            sources.remove(participant.endpoint());
            announcements.remove(participant.endpoint());
        });
    }

    private boolean isBelowMinimum() {
        return participants.size() < settings.minParticipants();
    }

    private void watchForLoneliness() {
        aloneTimer.cancel();
        if (isBelowMinimum() && bridge.count() > 0) {
            aloneTimer = agent.after(settings.aloneTimeout(), this::endIfAlone);
        }
    }

    private void endIfAlone() {
        if (running && isBelowMinimum() && bridge.count() > 0) {
            log.info("{}: alone for a while; the session ends", name);
            endAll(true, "expired", "nobody else is here");
        }
    }
}
