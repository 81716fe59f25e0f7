package org.videowindow.focus.conference;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.colibri.Allocation;
import org.videowindow.focus.colibri.ColibriFailure;
import org.videowindow.focus.colibri.ColibriSession;
import org.videowindow.focus.jingle.JingleStanzas;
import org.videowindow.focus.jingle.SessionState;
import org.videowindow.focus.source.ConferenceSources;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.xmpp.Requests.Answer;

/**
 * The way from a participant without media to an offer: an endpoint on the bridge, then session-initiate. What fails on
 * the way is told, and decided elsewhere. Belongs to the conference's agent.
 */
final class Invitations {
    /** Owner of the bridge's own streams, as clients know it. */
    static final String BRIDGE = "jvb";

    private final FocusContext focus;
    private final ConferenceSettings settings;
    private final Agent agent;
    private final ConferenceSources sources;
    private final Announcements announcements;
    private final ConferenceBridge bridge;
    private final Outcomes outcomes;

    /** What comes of an invitation, besides an accept. */
    interface Outcomes {
        /** The invitation got further. */
        void progressed();

        /** The bridge made no endpoint. */
        void allocationFailed(Participant participant, JingleSession session, ColibriFailure failure);

        /** The participant did not take the offer. */
        void offerFailed(Participant participant, JingleSession session, String reason);
    }

    Invitations(
            FocusContext focus,
            Agent agent,
            ConferenceSources sources,
            Announcements announcements,
            ConferenceBridge bridge,
            Outcomes outcomes) {
        this.focus = focus;
        this.settings = focus.settings();
        this.agent = agent;
        this.sources = sources;
        this.announcements = announcements;
        this.bridge = bridge;
        this.outcomes = outcomes;
    }

    /** Invites those who have no session and should have one, as far as there is a bridge. */
    void inviteMissing(Collection<Participant> participants) {
        List<Participant> missing =
                participants.stream().filter(Participant::isToBeInvited).toList();
        if (missing.isEmpty()) {
            return;
        }
        Optional<ColibriSession> on = bridge.find(missing.getFirst().region());
        on.ifPresent(current -> missing.forEach(participant -> invite(participant, current)));
    }

    private void invite(Participant participant, ColibriSession on) {
        String sid = Long.toString(focus.random().nextLong() >>> 1, Character.MAX_RADIX);
        JingleSession session = new JingleSession(sid, on);
        participant.invited(session);
        outcomes.progressed();
        focus.brewery().assigned(on.bridge());
        long asked = focus.scheduler().nanoTime();
        on.allocate(
                participant.endpoint(),
                participant.statsId(),
                participant.features(),
                allocation -> {
                    focus.metrics().allocated(focus.scheduler().nanoTime() - asked);
                    offer(participant, session, allocation);
                },
                failure -> outcomes.allocationFailed(participant, session, failure));
    }

    private void offer(Participant participant, JingleSession session, Allocation allocation) {
        if (!participant.has(session) || !session.on(SessionState.Event.ALLOCATED)) {
            return;
        }
        outcomes.progressed();
        sources.reserve(BRIDGE, allocation.bridgeSources());
        Map<String, EndpointSources> announced = new LinkedHashMap<>();
        announced.put(BRIDGE, allocation.bridgeSources());
        announced.putAll(announcements.forOffer(participant, session));
        focus.metrics().offered();
        session.awaitAccept(agent.after(
                settings.acceptTimeout(),
                () -> outcomes.offerFailed(participant, session, "the offer was not accepted")));
        focus.requests()
                .ask(
                        "set",
                        participant.occupant(),
                        JingleStanzas.sessionInitiate(
                                focus.self(),
                                session.sid(),
                                participant.features(),
                                allocation.transport(),
                                session.bridge().id(),
                                session.bridge().region().orElse(null),
                                announced),
                        settings.answerTimeout(),
                        agent,
                        answer -> offerAnswered(participant, session, answer));
    }

    private void offerAnswered(Participant participant, JingleSession session, Answer answer) {
        switch (answer) {
            case Answer.Refused(var error) ->
                outcomes.offerFailed(participant, session, "the offer was refused: " + error);
            case Answer.TimedOut() -> outcomes.offerFailed(participant, session, "the offer was not answered");
            case Answer.Result(var payload) -> {}
            // The link was lost: MediaSessions.resume() starts over.
            case Answer.Unsent() -> {}
        }
    }
}
