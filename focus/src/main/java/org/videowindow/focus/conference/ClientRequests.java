package org.videowindow.focus.conference;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.jingle.IceAnswer;
import org.videowindow.focus.jingle.JingleRequest;
import org.videowindow.focus.jingle.Reading;
import org.videowindow.focus.jingle.SessionState;
import org.videowindow.focus.source.ConferenceSources;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.SourceRemoval;
import org.videowindow.focus.source.SourceViolation;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * What participants ask by Jingle: checked, answered at once, and only then acted upon. A refusal changes nothing.
 * Belongs to the conference's agent.
 */
final class ClientRequests {
    private static final Logger log = LoggerFactory.getLogger(ClientRequests.class);

    private final String name;
    private final FocusContext focus;
    private final ConferenceSources sources;
    private final IceRestarts iceRestarts;
    private final Effects effects;
    private final int sourceLimit;

    /** What a request that was granted leads to. */
    interface Effects {
        /** The participant's sources changed, or it can be reached now. */
        void changed(Participant participant, JingleSession session);

        /** The participant ended its session, and wants another or none. */
        void ended(Participant participant, boolean restart);
    }

    ClientRequests(
            String name, FocusContext focus, ConferenceSources sources, IceRestarts iceRestarts, Effects effects) {
        this.name = name;
        this.focus = focus;
        this.sources = sources;
        this.iceRestarts = iceRestarts;
        this.effects = effects;
        this.sourceLimit = focus.settings().sources().sourceLimit();
    }

    /** Takes a request and answers it. */
    void handle(Participant participant, Iq iq, JingleRequest request) {
        JingleSession session = participant.session().orElse(null);
        if (session == null || !session.sid().equals(request.sid()) || session.is(SessionState.ALLOCATING)) {
            refuse(iq, request, StanzaError.unknownSession());
            return;
        }
        switch (request.action()) {
            case SESSION_ACCEPT -> accept(participant, session, iq, request);
            case SESSION_TERMINATE -> terminate(participant, iq, request);
            case SOURCE_ADD -> addSources(participant, session, iq, request);
            case SOURCE_REMOVE -> removeSources(participant, session, iq, request);
            case SESSION_INFO -> info(participant, session, iq, request);
            case TRANSPORT_INFO -> transport(participant, session, iq, request);
            case OTHER -> refuse(iq, request, StanzaError.featureNotImplemented("this action is not supported"));
        }
    }

    private void accept(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (!session.is(SessionState.OFFERED)) {
            refuse(iq, request, StanzaError.outOfOrder("the session is accepted already"));
            return;
        }
        switch (request.accept(sourceLimit)) {
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
                effects.changed(participant, session);
            }
        }
    }

    private void addSources(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (isTooEarly(session, iq, request)) {
            return;
        }
        switch (request.sources(sourceLimit)) {
            case Reading.Bad<EndpointSources>(var error) -> refuse(iq, request, error);
            case Reading.Good<EndpointSources>(var more) ->
                settle(participant, session, iq, request, sources.add(participant.endpoint(), more));
        }
    }

    private void removeSources(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (isTooEarly(session, iq, request)) {
            return;
        }
        switch (request.removal(sourceLimit)) {
            case Reading.Bad<SourceRemoval>(var error) -> refuse(iq, request, error);
            case Reading.Good<SourceRemoval>(var removal) ->
                settle(participant, session, iq, request, sources.remove(participant.endpoint(), removal));
        }
    }

    private boolean isTooEarly(JingleSession session, Iq iq, JingleRequest request) {
        if (session.is(SessionState.ACTIVE)) {
            return false;
        }
        refuse(iq, request, StanzaError.outOfOrder("the session is not accepted yet"));
        return true;
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
        effects.changed(participant, session);
    }

    private void terminate(Participant participant, Iq iq, JingleRequest request) {
        boolean restart = bridgeSessionSays(request, "restart");
        if (restart && !participant.restarts().grant(focus.scheduler().nanoTime())) {
            focus.metrics().restart(false);
            refuse(iq, request, StanzaError.resourceConstraint("too many restarts; wait before the next"));
            return;
        }
        focus.link().send(iq.result());
        if (restart) {
            focus.metrics().restart(true);
        }
        log.info("{}: {} ended its session ({}), restart {}", name, participant.endpoint(), word(request), restart);
        effects.ended(participant, restart);
    }

    private void info(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        if (!bridgeSessionSays(request, "ice-restart")) {
            focus.link().send(iq.result());
            return;
        }
        if (isTooEarly(session, iq, request)) {
            return;
        }
        String id = request.bridgeSession().orElseThrow().attribute("id", "");
        if (!id.equals(session.bridge().id())) {
            refuse(iq, request, StanzaError.itemNotFound("that is not the bridge session you are in"));
            return;
        }
        boolean granted = participant.iceRestarts().grant(focus.scheduler().nanoTime());
        focus.metrics().iceRestart(granted);
        if (!granted) {
            refuse(iq, request, StanzaError.resourceConstraint("too many restarts; wait before the next"));
            return;
        }
        focus.link().send(iq.result());
        iceRestarts.begin(participant, session);
    }

    /** Clients send no candidates to a bridge; should one, the bridge learns the address by itself. */
    private void transport(Participant participant, JingleSession session, Iq iq, JingleRequest request) {
        switch (IceAnswer.of(request).orElse(null)) {
            case null -> focus.link().send(iq.result());
            case Reading.Bad<IceAnswer>(var error) -> refuse(iq, request, error);
            case Reading.Good<IceAnswer>(var answer) -> {
                if (isTooEarly(session, iq, request)) {
                    return;
                }
                Optional<StanzaError> wrong = session.answered(answer);
                if (wrong.isPresent()) {
                    refuse(iq, request, wrong.get());
                    return;
                }
                focus.link().send(iq.result());
                effects.changed(participant, session);
            }
        }
    }

    private static boolean bridgeSessionSays(JingleRequest request, String attribute) {
        return request.bridgeSession()
                .map(element -> "true".equals(element.attribute(attribute)))
                .orElse(false);
    }

    /** A client's word in a log line: letters only. */
    private static String word(JingleRequest request) {
        String word = request.reason();
        return word.length() <= 32 && word.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z')) ? word : "?";
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
}
