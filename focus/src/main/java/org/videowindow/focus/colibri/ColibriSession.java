package org.videowindow.focus.colibri;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jxmpp.jid.Jid;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.bridge.BridgeState;
import org.videowindow.focus.jingle.BridgeTransport;
import org.videowindow.focus.jingle.ClientTransport;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.saved.SavedConference;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Requests;
import org.videowindow.focus.xmpp.Requests.Answer;

/**
 * One conference on one bridge, by COLIBRI2. Belongs to the conference's agent.
 *
 * <p>Every move to a bridge, also to the same one, is a new session with a new meeting id: what an old session left on
 * the bridge cannot meddle, and repeating a request does no harm: what exists already is kept, what is gone already is
 * gone. Requests go out in order; until the first has made the conference, the others wait.
 */
public final class ColibriSession {
    private final Jid bridge;
    private final Optional<String> region;
    private final String meeting;
    private final String room;
    private final Duration timeout;
    private final Requests requests;
    private final Agent agent;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private EndpointSources bridgeSources = EndpointSources.NONE;
    private State state = State.NEW;

    /** NEW to CREATING to ESTABLISHED; from each to OVER. A creation that fails leads back to NEW. */
    private enum State {
        /** Nothing was asked. */
        NEW,
        /** The request that makes the conference is under way. */
        CREATING,
        /** The conference exists on the bridge. */
        ESTABLISHED,
        /** Expired or given up: nothing is asked and no answer counts any more. */
        OVER
    }

    /**
     * Prepares a session; nothing is sent until the first endpoint.
     *
     * @param bridge the bridge
     * @param meeting a fresh UUID, on the wire the meeting id and, for clients, the id of the bridge session
     * @param room the room's address, which the bridge shows in its logs
     * @param timeout how long the bridge may take to answer
     */
    public ColibriSession(
            BridgeState bridge, String meeting, String room, Duration timeout, Requests requests, Agent agent) {
        this(bridge.address(), bridge.region(), meeting, room, timeout, requests, agent);
    }

    /** Goes on with a session of an earlier process; if the bridge does not know it any more, that shows at once. */
    public static ColibriSession resumed(
            SavedConference.Bridge saved, String room, Duration timeout, Requests requests, Agent agent) {
        ColibriSession session =
                new ColibriSession(saved.address(), saved.region(), saved.meeting(), room, timeout, requests, agent);
        session.bridgeSources = saved.sources();
        session.state = State.ESTABLISHED;
        return session;
    }

    private ColibriSession(
            Jid bridge,
            Optional<String> region,
            String meeting,
            String room,
            Duration timeout,
            Requests requests,
            Agent agent) {
        this.bridge = bridge;
        this.region = region;
        this.meeting = meeting;
        this.room = room;
        this.timeout = timeout;
        this.requests = requests;
        this.agent = agent;
    }

    /** What to go on with in another process; empty while nothing was asked of the bridge. */
    public Optional<SavedConference.Bridge> saved() {
        return state == State.CREATING || state == State.ESTABLISHED
                ? Optional.of(new SavedConference.Bridge(bridge, region, meeting, bridgeSources))
                : Optional.empty();
    }

    /** The bridge. */
    public Jid bridge() {
        return bridge;
    }

    /** The bridge's region. */
    public Optional<String> region() {
        return region;
    }

    /** The id of this session. */
    public String id() {
        return meeting;
    }

    /** Makes an endpoint. One of the two callbacks is called, once, unless the session is over by then. */
    public void allocate(
            String endpoint,
            Optional<String> statsId,
            ClientFeatures features,
            Consumer<Allocation> then,
            Consumer<ColibriFailure> otherwise) {
        whenCreated(first -> ask(
                ColibriStanzas.createEndpoint(meeting, room, first, endpoint, statsId, features),
                modified -> {
                    Optional<BridgeTransport> transport = modified.flatMap(m -> ColibriStanzas.transport(m, endpoint));
                    EndpointSources announced =
                            modified.map(ColibriStanzas::bridgeSources).orElse(EndpointSources.NONE);
                    if (!announced.isEmpty()) {
                        bridgeSources = announced;
                    }
                    settled(first, true);
                    if (transport.isPresent()) {
                        then.accept(new Allocation(transport.get(), bridgeSources));
                    } else {
                        otherwise.accept(new ColibriFailure(
                                ColibriFailure.Kind.REFUSED, "the bridge's answer has no usable transport"));
                    }
                },
                failure -> {
                    // First, since whoever waits for the conference has no use for a bridge that is given up.
                    otherwise.accept(failure);
                    settled(first, false);
                }));
    }

    /** Tells the bridge what an endpoint sends and, when it has accepted, how it is reached. */
    public void update(
            String endpoint,
            Optional<ClientTransport> transport,
            EndpointSources sources,
            Consumer<ColibriFailure> otherwise) {
        afterCreation(() ->
                ask(ColibriStanzas.updateEndpoint(meeting, endpoint, transport, sources), modified -> {}, otherwise));
    }

    /**
     * Restarts an endpoint's ICE. What the bridge answers is passed on only when it is a restart: without connectivity
     * there is nothing to restart, and what the endpoint has stays right.
     */
    public void restartIce(String endpoint, Consumer<BridgeTransport> then, Consumer<ColibriFailure> otherwise) {
        afterCreation(() -> ask(
                ColibriStanzas.restartIce(meeting, endpoint),
                modified -> modified.flatMap(m -> ColibriStanzas.transport(m, endpoint))
                        .filter(transport -> transport.generation() > 0)
                        .ifPresent(then),
                otherwise));
    }

    /** Removes an endpoint; that it is gone already is as good. */
    public void expire(String endpoint) {
        afterCreation(() -> ask(ColibriStanzas.expireEndpoint(meeting, endpoint), modified -> {}, failure -> {}));
    }

    /** Removes everything from the bridge, as far as it can still be reached, and ends the session. */
    public void expireAll() {
        if (state == State.CREATING || state == State.ESTABLISHED) {
            requests.ask("get", bridge, ColibriStanzas.expireConference(meeting), timeout, agent, answer -> {});
        }
        abandon();
    }

    /** Ends the session without a word to the bridge. */
    public void abandon() {
        state = State.OVER;
        waiting.clear();
    }

    private void whenCreated(Consumer<Boolean> request) {
        switch (state) {
            case NEW -> {
                state = State.CREATING;
                request.accept(true);
            }
            case CREATING -> waiting.add(() -> whenCreated(request));
            case ESTABLISHED -> request.accept(false);
            case OVER -> {}
        }
    }

    private void afterCreation(Runnable request) {
        switch (state) {
            case CREATING -> waiting.add(request);
            case ESTABLISHED -> request.run();
            case NEW, OVER -> {}
        }
    }

    private void settled(boolean creation, boolean succeeded) {
        if (!creation || state == State.OVER) {
            return;
        }
        state = succeeded ? State.ESTABLISHED : State.NEW;
        Deque<Runnable> turn = new ArrayDeque<>(waiting);
        waiting.clear();
        turn.forEach(Runnable::run);
    }

    private void ask(XmlElement request, Consumer<Optional<XmlElement>> then, Consumer<ColibriFailure> otherwise) {
        requests.ask("get", bridge, request, timeout, agent, answer -> {
            if (state == State.OVER) {
                return;
            }
            switch (answer) {
                case Answer.Result(var payload) -> then.accept(payload);
                case Answer.Refused(var error) -> otherwise.accept(ColibriFailure.of(error));
                case Answer.TimedOut() ->
                    otherwise.accept(new ColibriFailure(ColibriFailure.Kind.BRIDGE_SILENT, "no answer in time"));
                case Answer.Unsent() ->
                    otherwise.accept(new ColibriFailure(ColibriFailure.Kind.LINK_LOST, "the link was lost"));
            }
        });
    }
}
