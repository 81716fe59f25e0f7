package org.videowindow.shard.stanza;

import java.util.Optional;
import org.videowindow.shard.room.Verdict;
import org.xmpp.packet.JID;

/**
 * What the thread that handles a stanza remembers while it does: the server answers and delivers on the same thread, so
 * that the outgoing side learns here why something goes out. One per thread, cleared when the stanza is done.
 */
final class StanzaInHand {
    private static final ThreadLocal<StanzaInHand> CURRENT = ThreadLocal.withInitial(StanzaInHand::new);

    private boolean own;
    private Verdict.Refuse refusal;
    private boolean silent;
    private JID leaving;
    private JID configuring;
    private boolean configured;
    private boolean announced;

    private StanzaInHand() {}

    static StanzaInHand current() {
        return CURRENT.get();
    }

    /** Runs something whose stanzas come from the shard itself, so that the rules do not hold for them. */
    void asShard(Runnable action) {
        boolean before = own;
        own = true;
        try {
            action.run();
        } finally {
            own = before;
        }
    }

    boolean isShard() {
        return own;
    }

    /** The server's error for the stanza in hand is to say why. */
    void refuse(Verdict.Refuse why) {
        refusal = why;
    }

    /** Forgets what came of an earlier stanza. */
    void clear() {
        refusal = null;
        silent = false;
        leaving = null;
        configuring = null;
    }

    /** The focus leaves a room, and says so. */
    void leave(JID room) {
        leaving = room;
    }

    /** Whether somebody goes out of that room because of the stanza in hand. */
    boolean leaves(JID room) {
        return room.equals(leaving);
    }

    /** The stanza is done. */
    void left() {
        leaving = null;
    }

    Optional<Verdict.Refuse> takeRefusal() {
        Optional<Verdict.Refuse> taken = Optional.ofNullable(refusal);
        refusal = null;
        return taken;
    }

    /** The server's error for the stanza in hand is not to go out: an answer is not answered (RFC 6120, 8.2.3). */
    void silence() {
        silent = true;
    }

    boolean takeSilence() {
        boolean taken = silent;
        silent = false;
        return taken;
    }

    /** A configuration form for a room is being handled. */
    void configure(JID room) {
        configuring = room;
        configured = false;
        announced = false;
    }

    /** The room has taken the form. */
    void roomAnswered(JID room) {
        configured |= room.equals(configuring);
    }

    /** The server itself has told an occupant that the room's configuration changed. */
    void roomAnnounced(JID room) {
        announced |= room.equals(configuring);
    }

    /** The room whose occupants are still to be told, once. */
    Optional<JID> takeConfigured() {
        JID room = configured && !announced ? configuring : null;
        configuring = null;
        configured = false;
        announced = false;
        return Optional.ofNullable(room);
    }
}
