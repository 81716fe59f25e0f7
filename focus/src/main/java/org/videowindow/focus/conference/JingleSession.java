package org.videowindow.focus.conference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.colibri.ColibriSession;
import org.videowindow.focus.jingle.ClientTransport;
import org.videowindow.focus.jingle.IceAnswer;
import org.videowindow.focus.jingle.SessionState;
import org.videowindow.focus.saved.SavedConference;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.xmpp.StanzaError;

/** One media session with one participant on one bridge. Belongs to the conference's agent. */
final class JingleSession {
    private final String sid;
    private final ColibriSession bridge;
    /** What the participant was told of the others, by owner. */
    private final Map<String, EndpointSources> announced = new HashMap<>();

    private SessionState state = SessionState.ALLOCATING;
    private boolean told = true;
    private Cancellable acceptTimer = Cancellable.NONE;
    private Optional<ClientTransport> transport = Optional.empty();
    /** The last ICE restart that the participant was told of, or 0. */
    private int restarted;

    JingleSession(String sid, ColibriSession bridge) {
        this.sid = sid;
        this.bridge = bridge;
    }

    /** Goes on with a session of an earlier process. */
    static JingleSession resumed(SavedConference.Session saved, ColibriSession bridge) {
        JingleSession session = new JingleSession(saved.sid(), bridge);
        session.state = saved.accepted() ? SessionState.ACTIVE : SessionState.OFFERED;
        session.transport = saved.transport();
        session.restarted = saved.transport().map(ClientTransport::generation).orElse(0);
        return session;
    }

    /** What to go on with in another process; empty while the participant knows nothing of it. */
    Optional<SavedConference.Session> saved(EndpointSources sources) {
        return switch (state) {
            case ALLOCATING, ENDED -> Optional.empty();
            case OFFERED ->
                Optional.of(new SavedConference.Session(sid, false, false, transport, EndpointSources.NONE));
            case ACTIVE -> Optional.of(new SavedConference.Session(sid, true, told, transport, sources));
        };
    }

    /** Whether the participant surely got what was announced. */
    void told(boolean surely) {
        told = surely;
    }

    String sid() {
        return sid;
    }

    ColibriSession bridge() {
        return bridge;
    }

    Map<String, EndpointSources> announced() {
        return announced;
    }

    boolean is(SessionState other) {
        return state == other;
    }

    SessionState state() {
        return state;
    }

    /** Where the participant is reached, once it has accepted. */
    Optional<ClientTransport> transport() {
        return transport;
    }

    /** Moves on; false, and no change, when the event is out of order. */
    boolean on(SessionState.Event event) {
        Optional<SessionState> next = state.after(event);
        next.ifPresent(s -> state = s);
        return next.isPresent();
    }

    /** Offered: the timer runs until the accept. */
    void awaitAccept(Cancellable timer) {
        acceptTimer = timer;
    }

    /** Accepted. */
    void accepted(ClientTransport how) {
        acceptTimer.cancel();
        transport = Optional.of(how);
    }

    /** The bridge restarted ICE; false when the participant was told of that restart, or of a later one, already. */
    boolean restarted(int generation) {
        if (generation <= restarted) {
            return false;
        }
        restarted = generation;
        return true;
    }

    /**
     * The participant's answer to an ICE restart. Repeating the last is harmless.
     *
     * @return why it is none, if so
     */
    Optional<StanzaError> answered(IceAnswer answer) {
        ClientTransport now = transport.orElseThrow();
        boolean sameCertificate = answer.fingerprint()
                .map(fingerprint -> fingerprint.hash().equals(now.fingerprint().hash())
                        && fingerprint.value().equals(now.fingerprint().value()))
                .orElse(true);
        if (!sameCertificate) {
            return Optional.of(StanzaError.badRequest("an ICE restart keeps the certificate"));
        }
        int generation = answer.generation().orElse(restarted);
        boolean awaited = generation == restarted && now.generation() < restarted;
        if (!awaited && !(generation == now.generation() && answer.credentials().equals(now.credentials()))) {
            return Optional.of(StanzaError.outOfOrder("no such ICE restart is under way"));
        }
        transport = Optional.of(now.restarted(answer.credentials(), generation));
        return Optional.empty();
    }

    /** Over. */
    void over() {
        on(SessionState.Event.OVER);
        acceptTimer.cancel();
    }
}
