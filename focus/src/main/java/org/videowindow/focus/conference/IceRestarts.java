package org.videowindow.focus.conference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.jingle.BridgeTransport;
import org.videowindow.focus.jingle.JingleStanzas;

/**
 * New ICE credentials during a session: the bridge makes its own, the participant is told and answers with its own.
 * Media go on all the while. Belongs to the conference's agent.
 */
final class IceRestarts {
    private static final Logger log = LoggerFactory.getLogger(IceRestarts.class);

    private final String name;
    private final FocusContext focus;
    private final Agent agent;

    IceRestarts(String name, FocusContext focus, Agent agent) {
        this.name = name;
        this.focus = focus;
        this.agent = agent;
    }

    /**
     * Begins a restart. When the bridge has none to offer the participant hears nothing: it goes on as it is, and asks
     * for a new session if that does not do.
     */
    void begin(Participant participant, JingleSession session) {
        session.bridge()
                .restartIce(
                        participant.endpoint(),
                        transport -> tell(participant, session, transport),
                        failure ->
                                log.info("{}: {}: no ICE restart: {}", name, participant.endpoint(), failure.text()));
    }

    private void tell(Participant participant, JingleSession session, BridgeTransport transport) {
        if (participant.has(session) && session.restarted(transport.generation())) {
            focus.requests()
                    .ask(
                            "set",
                            participant.occupant(),
                            JingleStanzas.transportInfo(session.sid(), transport),
                            focus.settings().answerTimeout(),
                            agent,
                            answer -> {});
        }
    }
}
