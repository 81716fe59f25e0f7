package org.videowindow.focus.conference;

import java.util.Optional;
import java.util.UUID;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.bridge.BridgeState;
import org.videowindow.focus.colibri.ColibriSession;
import org.videowindow.focus.saved.SavedConference;

/** The bridge a conference is on, or that it is on none. Belongs to the conference's agent. */
final class ConferenceBridge {
    private static final Logger log = LoggerFactory.getLogger(ConferenceBridge.class);

    private final String name;
    private final EntityBareJid room;
    private final FocusContext focus;
    private final Agent agent;
    private final Runnable onChange;
    /** The conference there, or null. */
    private ColibriSession session;
    /** Whether one was wanted and none was to be had. */
    private boolean missing;

    /**
     * On no bridge.
     *
     * @param onChange told whenever what {@link #count} or {@link #isMissing} say may have changed
     */
    ConferenceBridge(String name, EntityBareJid room, FocusContext focus, Agent agent, Runnable onChange) {
        this.name = name;
        this.room = room;
        this.focus = focus;
        this.agent = agent;
        this.onChange = onChange;
    }

    /** Goes on where an earlier process was. */
    ColibriSession resume(SavedConference.Bridge saved) {
        session = ColibriSession.resumed(
                saved, room.toString(), focus.settings().bridgeTimeout(), focus.requests(), agent);
        return session;
    }

    int count() {
        return session == null ? 0 : 1;
    }

    boolean isMissing() {
        return missing;
    }

    boolean is(ColibriSession other) {
        return session == other;
    }

    /** The conference on the bridge whose address this is, if it is there. */
    Optional<ColibriSession> at(Jid address) {
        return current().filter(current -> current.bridge().equals(address));
    }

    Optional<ColibriSession> current() {
        return Optional.ofNullable(session);
    }

    /** The bridge the conference is on; where there is none, one is chosen; empty when none is to be had. */
    Optional<ColibriSession> find(Optional<String> region) {
        if (session != null) {
            return current();
        }
        Optional<BridgeState> choice = focus.brewery().choose(region);
        missing = choice.isEmpty();
        if (choice.isEmpty()) {
            log.warn("{}: no bridge is available", name);
        } else {
            String meeting = newMeeting();
            session = new ColibriSession(
                    choice.get(), meeting, room.toString(), focus.settings().bridgeTimeout(), focus.requests(), agent);
            log.info("{}: on bridge {} as {}", name, choice.get().address().getResourceOrEmpty(), meeting);
        }
        onChange.run();
        return current();
    }

    /** Leaves, telling the bridge, as far as it can be reached. */
    void leave() {
        if (session != null) {
            session.expireAll();
            session = null;
        }
        missing = false;
        onChange.run();
    }

    /** Leaves without a word. */
    void abandon() {
        if (session != null) {
            session.abandon();
            session = null;
        }
        onChange.run();
    }

    /** A random UUID (RFC 9562 section 5.4). */
    private String newMeeting() {
        long high = (focus.random().nextLong() & ~0xF000L) | 0x4000L;
        long low = (focus.random().nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }
}
