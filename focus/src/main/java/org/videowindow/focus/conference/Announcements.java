package org.videowindow.focus.conference;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.jingle.JingleStanzas;
import org.videowindow.focus.jingle.SessionState;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Requests.Answer;

/**
 * Tells participants of the others' sources. Belongs to the conference's agent.
 *
 * <p>What has to be told is never queued: each session remembers what it was told, and {@link #tell} sends the difference
 * to what is. So a participant that is late, slow or was cut off ends up with the same picture.
 */
final class Announcements {
    private final FocusContext focus;
    private final Agent agent;
    private final BiConsumer<Participant, JingleSession> onUnknownSession;
    /** What others see of each owner: without simulcast. The values change identity only when they change. */
    private final Map<String, EndpointSources> visible = new LinkedHashMap<>();

    /**
     * Knows of no sources.
     *
     * @param onUnknownSession told when a client knows no such session: it would never show anybody again
     */
    Announcements(FocusContext focus, Agent agent, BiConsumer<Participant, JingleSession> onUnknownSession) {
        this.focus = focus;
        this.agent = agent;
        this.onUnknownSession = onUnknownSession;
    }

    /** The endpoint sends this now. */
    void update(String endpoint, EndpointSources sources) {
        EndpointSources seen = sources.withoutSimulcast();
        if (seen.isEmpty()) {
            visible.remove(endpoint);
        } else {
            visible.put(endpoint, seen);
        }
    }

    /** The endpoint sends nothing any more. */
    void remove(String endpoint) {
        visible.remove(endpoint);
    }

    /** What a new session's offer has to say of the others; the session remembers it. */
    Map<String, EndpointSources> forOffer(Participant participant, JingleSession session) {
        Map<String, EndpointSources> others = others(participant);
        session.announced().putAll(others);
        return others;
    }

    /** The session of an earlier process: what it was told is what everybody would be told now. */
    void resumed(Participant participant, JingleSession session) {
        session.announced().putAll(others(participant));
    }

    /** Tells everybody who has accepted what they do not know yet. */
    void tell(Collection<Participant> participants) {
        for (Participant participant : participants) {
            participant
                    .session()
                    .filter(session -> session.is(SessionState.ACTIVE))
                    .ifPresent(session -> tell(participant, session));
        }
    }

    private void tell(Participant participant, JingleSession session) {
        session.told(true);
        SourceDelta delta = SourceDelta.between(session.announced(), visibleTo(participant), participant.endpoint());
        session.announced().keySet().retainAll(visible.keySet());
        session.announced().putAll(others(participant));
        if (!delta.removed().isEmpty()) {
            send(participant, session, JingleStanzas.sourceRemove(session.sid(), delta.removed()), Set.of());
        }
        if (!delta.added().isEmpty()) {
            Set<String> owners = delta.added().keySet();
            send(participant, session, JingleStanzas.sourceAdd(session.sid(), delta.added()), owners);
        }
    }

    /** A client that maps sources learns of the others over its bridge channel, and only there. */
    private Map<String, EndpointSources> visibleTo(Participant participant) {
        return participant.features().mapsSources() ? Map.of() : visible;
    }

    private Map<String, EndpointSources> others(Participant participant) {
        Map<String, EndpointSources> others = new HashMap<>(visibleTo(participant));
        others.remove(participant.endpoint());
        return others;
    }

    private void send(Participant participant, JingleSession session, XmlElement jingle, Set<String> added) {
        focus.requests()
                .ask("set", participant.occupant(), jingle, focus.settings().answerTimeout(), agent, answer -> {
                    if (!participant.has(session)) {
                        return;
                    }
                    switch (answer) {
                        // Nobody knows whether it arrived: the next tell() says it again.
                        case Answer.Unsent() -> {
                            session.announced().keySet().removeAll(added);
                            session.told(false);
                        }
                        case Answer.Refused(var error) -> {
                            focus.metrics().announcementRefused();
                            if (error.condition().equals("item-not-found")) {
                                onUnknownSession.accept(participant, session);
                            }
                        }
                        case Answer.TimedOut() -> focus.metrics().announcementRefused();
                        case Answer.Result(var payload) -> {}
                    }
                });
    }
}
