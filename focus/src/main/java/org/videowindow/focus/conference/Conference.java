package org.videowindow.focus.conference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.jingle.JingleRequest;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.muc.Room;
import org.videowindow.focus.saved.SavedConference;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * One conference: the focus's stay in a room from the first request until the last one has left. A thin owner: the room,
 * the media sessions and moderation are parts of their own.
 *
 * <p>Has its own agent, on which everything happens. The methods that say "any thread" post to it.
 */
public final class Conference implements Room.Events {
    private static final Logger log = LoggerFactory.getLogger(Conference.class);
    private static final int OPEN_ATTEMPTS = 4;
    private static final int RETURN_ATTEMPTS = 10;
    private static final Duration ENTRY_RETRY = Duration.ofMillis(500);
    private static final int WAITING_LIMIT = 200;

    private final EntityBareJid jid;
    /** For logs: the room's name is half of an invitation, and logs are read by many. */
    private final String name;

    private final FocusContext focus;
    private final Consumer<Conference> onClosed;
    private final Agent agent;
    private final Room room;
    private final MediaSessions media;
    private long createdMillis;
    private final List<Consumer<Outcome>> waiting = new ArrayList<>();
    private Phase phase = Phase.OPENING;
    private int failedEntries;
    private Cancellable emptyTimer = Cancellable.NONE;
    private String lastProperties = "";
    /** Whether those present were told that sessions of an earlier focus are over. */
    private boolean startedAfresh;

    private boolean noted;
    private volatile Summary summary;

    /**
     * OPENING to OPEN when the room is entered and configured; OPEN to DETACHED when the link is lost, and back when the
     * room is entered again; each to CLOSED, which is the end.
     */
    private enum Phase {
        /** The room is being made. */
        OPENING,
        /** In the room. */
        OPEN,
        /** The link is down, or the room not entered again yet. Media go on without signalling. */
        DETACHED,
        /** Over. */
        CLOSED
    }

    /**
     * A conference, for people.
     *
     * @param room the name of its room
     * @param meetingId id of the conference on the bridge, if it is on one
     * @param participants how many take part
     * @param createdAt when it began
     * @param bridge the name of its bridge
     */
    public record Summary(
            String room, Optional<String> meetingId, int participants, Instant createdAt, Optional<String> bridge) {}

    /** What somebody who asked for the conference is told. */
    public enum Outcome {
        /** The focus is in the room. */
        READY,
        /** The room could not be entered. */
        FAILED,
        /** This conference is over; a new one has to be made. */
        OVER
    }

    Conference(EntityBareJid jid, FocusContext focus, Consumer<Conference> onClosed) {
        this.jid = jid;
        this.name = "conference " + Integer.toHexString(jid.toString().hashCode());
        this.focus = focus;
        this.onClosed = onClosed;
        this.createdMillis = focus.scheduler().wallMillis();
        ConferenceSettings settings = focus.settings();
        this.agent = new Agent(name, focus.scheduler(), settings.queueLimit(), this::note);
        this.room = new Room(
                jid,
                true,
                // Watchers and services do not count against the participants.
                2 * settings.occupantLimit(),
                agent,
                focus.link(),
                focus.requests(),
                this::presenceExtensions,
                this);
        this.media = new MediaSessions(name, jid, focus, agent, this::announceProperties);
        this.summary = summary(new SavedConference(jid, createdMillis, Optional.empty(), List.of()));
    }

    /**
     * Goes on with the conference of an earlier process: as after a lost link, except that what is known comes from its
     * note. Entered when the link is up.
     */
    static Conference restored(SavedConference saved, FocusContext focus, Consumer<Conference> onClosed) {
        Conference conference = new Conference(saved.room(), focus, onClosed);
        conference.createdMillis = saved.createdMillis();
        conference.phase = Phase.DETACHED;
        conference.noted = true;
        saved.participants()
                .forEach(participant -> conference.room.expect(Participant.remembered(saved.room(), participant)));
        conference.media.restore(saved.room(), saved);
        conference.summary = conference.summary(saved);
        return conference;
    }

    /** The room's address. */
    public EntityBareJid jid() {
        return jid;
    }

    /** What people are told of it. Any thread. */
    Summary summary() {
        return summary;
    }

    /** Whether the media are on that bridge. Any thread; may be late by one task. */
    boolean isOn(Jid bridge) {
        return summary.bridge()
                .equals(Optional.ofNullable(bridge.getResourceOrNull()).map(Object::toString));
    }

    private Summary summary(SavedConference now) {
        return new Summary(
                jid.getLocalpart().toString(),
                now.bridge().map(SavedConference.Bridge::meeting),
                now.participants().size(),
                Instant.ofEpochMilli(createdMillis),
                now.bridge().map(bridge -> bridge.address().getResourceOrEmpty().toString()));
    }

    /** Enters the room; called once. */
    void open() {
        agent.post(room::enter);
    }

    /** Says when the room may be entered. Any thread; the answer comes on the agent. */
    void whenReady(Consumer<Outcome> then) {
        boolean accepted = agent.offer(() -> {
            switch (phase) {
                case OPEN -> then.accept(Outcome.READY);
                case CLOSED -> then.accept(Outcome.OVER);
                case OPENING, DETACHED -> {
                    if (waiting.size() < WAITING_LIMIT) {
                        waiting.add(then);
                    } else {
                        then.accept(Outcome.FAILED);
                    }
                }
            }
        });
        if (!accepted) {
            then.accept(Outcome.FAILED);
        }
    }

    /** A presence from the room. Any thread. */
    boolean presence(OccupantPresence presence) {
        return agent.offer(() -> {
            if (phase != Phase.CLOSED) {
                room.presence(presence);
            }
        });
    }

    /** A request from an occupant. Any thread. */
    public boolean request(EntityFullJid occupant, Iq iq) {
        return agent.offer(() -> handle(occupant, iq));
    }

    /** The link to the shard is gone. Any thread. */
    void linkDown() {
        agent.post(() -> {
            room.linkLost();
            media.suspend();
            if (phase == Phase.OPENING) {
                close("the link was lost");
            } else if (phase == Phase.OPEN) {
                phase = Phase.DETACHED;
            }
        });
    }

    /** The link to the shard is back. Any thread. */
    void linkUp() {
        agent.post(() -> {
            if (phase == Phase.DETACHED) {
                failedEntries = 0;
                room.enter();
            }
        });
    }

    /** A bridge is gone. Any thread. */
    void bridgeLost(Jid bridge, String reason, boolean gone) {
        agent.post(() -> media.bridgeLost(bridge, reason, gone));
    }

    /** A bridge can be used again. Any thread. */
    void bridgeUsable() {
        agent.post(media::bridgeUsable);
    }

    /** Ends everything: sessions, the conference on the bridge, the stay in the room. Any thread. */
    void end(String reason) {
        agent.post(() -> {
            media.endAll(true, "gone", reason);
            close(reason);
        });
    }

    @Override
    public void entered() {
        Phase before = phase;
        if (before == Phase.OPENING && !room.isNew() && media.size() > 0 && !startedAfresh) {
            startAfresh();
            return;
        }
        phase = Phase.OPEN;
        failedEntries = 0;
        List<Consumer<Outcome>> asked = List.copyOf(waiting);
        waiting.clear();
        asked.forEach(then -> then.accept(Outcome.READY));
        media.resume();
        log.info("{}: {} with {} participant(s)", name, before == Phase.DETACHED ? "back" : "open", media.size());
        // Who asked meanwhile is about to come.
        watchForEmptiness(before == Phase.DETACHED && asked.isEmpty());
    }

    /**
     * People are in a room that is new to this focus: another focus was here, and left them with sessions of which
     * nothing is known. Leaving in order and coming back tells them that those are over.
     */
    private void startAfresh() {
        log.warn("{}: {} participant(s) of an earlier focus; their sessions start again", name, media.size());
        startedAfresh = true;
        room.leave();
        room.enter();
    }

    @Override
    public void entryFailed(String reason) {
        failedEntries++;
        int attempts = phase == Phase.DETACHED ? RETURN_ATTEMPTS : OPEN_ATTEMPTS;
        log.warn("{}: cannot enter the room ({} of {}): {}", name, failedEntries, attempts, reason);
        if (failedEntries >= attempts) {
            media.endAll(false, "", "");
            close("the room cannot be entered");
            return;
        }
        agent.after(ENTRY_RETRY.multipliedBy(failedEntries), () -> {
            if (phase != Phase.CLOSED && room.state() == Room.State.OUT) {
                room.enter();
            }
        });
    }

    @Override
    public void expelled(String reason) {
        media.endAll(false, "", "");
        close(reason);
    }

    @Override
    public void changed(OccupantPresence occupant) {
        emptyTimer.cancel();
        if (Participant.isEndpoint(occupant.nick())) {
            if (media.size() < focus.settings().occupantLimit()) {
                media.admit(occupant);
            } else if (media.participant(occupant.nick()) == null) {
                focus.metrics().occupantNotAdmitted();
            }
        }
    }

    @Override
    public void left(String nick) {
        media.left(nick);
        if (phase == Phase.OPEN) {
            watchForEmptiness(true);
        }
    }

    private void handle(EntityFullJid occupant, Iq iq) {
        String nick = occupant.getResourcepart().toString();
        XmlElement payload = iq.payload().orElseThrow();
        if (phase != Phase.OPEN || room.occupant(nick) == null) {
            focus.metrics().strangerRefused();
            focus.link().send(iq.error(StanzaError.forbidden("you are not in the room")));
        } else if (MuteRelay.isMute(payload)) {
            mute(occupant, iq);
        } else {
            Participant participant = media.participant(nick);
            JingleRequest request = JingleRequest.of(payload);
            if (participant == null) {
                focus.metrics().strangerRefused();
                focus.link().send(iq.error(StanzaError.unknownSession()));
            } else {
                media.jingle(participant, iq, request);
            }
        }
    }

    private void mute(EntityFullJid actor, Iq iq) {
        switch (MuteRelay.decide(room, actor, iq)) {
            case MuteRelay.Decision.Refuse(var error) -> focus.link().send(iq.error(error));
            case MuteRelay.Decision.Pass(var target, var element) -> {
                focus.link().send(iq.result());
                focus.requests().ask("set", target, element, focus.settings().answerTimeout(), agent, answer -> {});
            }
        }
    }

    private void watchForEmptiness(boolean atOnce) {
        if (!room.occupants().isEmpty()) {
            return;
        }
        if (atOnce) {
            close("everybody left");
            return;
        }
        emptyTimer.cancel();
        emptyTimer = agent.after(focus.settings().emptyTimeout(), () -> {
            if (phase == Phase.OPEN && room.occupants().isEmpty()) {
                close("nobody came");
            }
        });
    }

    private void close(String reason) {
        if (phase == Phase.CLOSED) {
            return;
        }
        Phase before = phase;
        phase = Phase.CLOSED;
        emptyTimer.cancel();
        List.copyOf(room.occupants()).forEach(occupant -> media.left(occupant.nick()));
        room.leave();
        focus.saved().remove(jid);
        onClosed.accept(this);
        log.info("{}: closed: {}", name, reason);
        waiting.forEach(then -> then.accept(before == Phase.OPENING ? Outcome.FAILED : Outcome.OVER));
        waiting.clear();
    }

    /** After each task: a process that is killed leaves no time for it later. */
    private void note() {
        if (phase == Phase.CLOSED) {
            return;
        }
        media.takeChanged(jid, createdMillis).ifPresent(now -> {
            summary = summary(now);
            if (!now.participants().isEmpty()) {
                noted = true;
                focus.saved().put(now);
            } else if (noted) {
                noted = false;
                focus.saved().remove(jid);
            }
        });
    }

    private void announceProperties() {
        String properties = media.bridgeCount() + "/" + media.isBridgeMissing();
        if (!properties.equals(lastProperties)) {
            lastProperties = properties;
            room.announce();
        }
    }

    private List<XmlElement> presenceExtensions() {
        List<XmlElement> extensions = new ArrayList<>();
        extensions.add(focus.capabilities());
        extensions.add(XmlElement.element("versions", Namespaces.JITMEET)
                .with(XmlElement.element("component", Namespaces.JITMEET)
                        .with("name", "focus")
                        .text(focus.version()))
                .build());
        extensions.add(XmlElement.element("conference-properties", Namespaces.FOCUS)
                .with(property("support-terminate-restart", "true"))
                .with(property("support-ice-restart", "true"))
                .with(property("bridge-count", Integer.toString(media.bridgeCount())))
                .with(property("created-ms", Long.toString(createdMillis)))
                .build());
        if (media.isBridgeMissing()) {
            extensions.add(
                    XmlElement.element("bridgeNotAvailable", Namespaces.FOCUS).build());
        }
        return extensions;
    }

    private static XmlElement property(String key, String value) {
        return XmlElement.element("property", Namespaces.FOCUS)
                .with("key", key)
                .with("value", value)
                .build();
    }
}
