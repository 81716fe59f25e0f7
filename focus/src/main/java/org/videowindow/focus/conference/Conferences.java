package org.videowindow.focus.conference;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.bridge.Brewery;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.saved.SavedConference;

/** The conferences of this focus, by room. Any thread may call; each conference does its work on its own agent. */
public final class Conferences implements Brewery.Watcher {
    private static final Logger log = LoggerFactory.getLogger(Conferences.class);

    private static final int CONFERENCES_IN_A_WAVE = 25;
    private static final Duration WAVE_DISTANCE = Duration.ofMillis(100);

    private final int limit;
    private final Map<EntityBareJid, Conference> byRoom = new ConcurrentHashMap<>();
    /** Set once, before the first stanza arrives. */
    private volatile FocusContext focus;

    /** No conferences, and never more than the limit. */
    public Conferences(int limit) {
        this.limit = limit;
    }

    /** Hands over what conferences need; once, before the link is opened. */
    public void use(FocusContext context) {
        this.focus = context;
    }

    /** Goes on with what an earlier process left; once, before the link is opened. */
    public void restore() {
        for (SavedConference saved : focus.saved().all()) {
            if (byRoom.size() < limit && !saved.participants().isEmpty()) {
                byRoom.computeIfAbsent(
                        saved.room(), key -> Conference.restored(saved, focus, closed -> byRoom.remove(key, closed)));
            } else {
                focus.saved().remove(saved.room());
            }
        }
        if (!byRoom.isEmpty()) {
            log.info("goes on with {} conference(s) of an earlier process", byRoom.size());
        }
    }

    /** What people are told of them. */
    public Collection<Conference.Summary> summaries() {
        return byRoom.values().stream().map(Conference::summary).toList();
    }

    /** Another focus has taken over: nothing that was noted is true any more. */
    public void forget() {
        byRoom.keySet().forEach(focus.saved()::remove);
    }

    /** How many there are. */
    public int size() {
        return byRoom.size();
    }

    /** Whether there is a conference in that room. */
    public boolean contains(EntityBareJid room) {
        return byRoom.containsKey(room);
    }

    /** Makes the conference of that room where there is none, and says when it can be entered. */
    void request(EntityBareJid room, Consumer<Conference.Outcome> then) {
        boolean[] made = new boolean[1];
        Conference conference = byRoom.computeIfAbsent(room, key -> {
            if (byRoom.size() >= limit) {
                return null;
            }
            made[0] = true;
            return new Conference(key, focus, closed -> byRoom.remove(key, closed));
        });
        if (conference == null) {
            then.accept(Conference.Outcome.FAILED);
            return;
        }
        if (made[0]) {
            focus.metrics().conferenceCreated();
            conference.open();
        }
        conference.whenReady(outcome -> {
            if (outcome == Conference.Outcome.OVER) {
                request(room, then);
            } else {
                then.accept(outcome);
            }
        });
    }

    /** Takes a presence; false when it belongs to no conference or does not fit into its queue. */
    public boolean presence(OccupantPresence presence) {
        Conference conference = byRoom.get(presence.occupant().asEntityBareJid());
        return conference != null && conference.presence(presence);
    }

    /** The conference in whose room the sender is an occupant. */
    public Optional<Conference> of(EntityFullJid occupant) {
        return Optional.ofNullable(byRoom.get(occupant.asEntityBareJid()));
    }

    /** The link is up. */
    public void linkUp() {
        byRoom.values().forEach(Conference::linkUp);
    }

    /** The link is gone. */
    public void linkDown() {
        byRoom.values().forEach(Conference::linkDown);
    }

    /** The focus stops. */
    public void endAll(String reason) {
        byRoom.values().forEach(conference -> conference.end(reason));
    }

    @Override
    public void bridgeLost(Jid bridge, String reason, boolean gone) {
        int moved = 0;
        for (Conference conference : byRoom.values()) {
            // Not all at once: each move is a handful of stanzas for each participant, and they share one link.
            Duration wait = conference.isOn(bridge)
                    ? WAVE_DISTANCE.multipliedBy(moved++ / CONFERENCES_IN_A_WAVE)
                    : Duration.ZERO;
            if (wait.isZero()) {
                conference.bridgeLost(bridge, reason, gone);
            } else {
                // What happens to one that was over meanwhile has no effect.
                var _ = focus.scheduler().after(wait, () -> conference.bridgeLost(bridge, reason, gone));
            }
        }
    }

    @Override
    public void bridgeUsable() {
        byRoom.values().forEach(Conference::bridgeUsable);
    }
}
