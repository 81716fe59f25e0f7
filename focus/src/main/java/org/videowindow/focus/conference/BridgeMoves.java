package org.videowindow.focus.conference;

import java.time.Duration;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.colibri.ColibriFailure;
import org.videowindow.focus.colibri.ColibriSession;
import org.videowindow.focus.jingle.RestartLimit;

/** When a conference leaves its bridge for another, and when it stays for want of one. Belongs to the conference's agent. */
final class BridgeMoves {
    private static final Logger log = LoggerFactory.getLogger(BridgeMoves.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int PER_MINUTE = 6;

    private final String name;
    private final FocusContext focus;
    private final Agent agent;
    private final ConferenceBridge bridge;
    private final Effects effects;
    /** A bridge that loses the conference again and again must not be asked as fast as it loses it. */
    private final RestartLimit limit = new RestartLimit(Duration.ZERO, PER_MINUTE, Duration.ofMinutes(1));

    /** The bridge that was found not to work when there was no other, or null. */
    private ColibriSession strandedOn;

    /** What a move means for the participants. */
    interface Effects {
        /** The conference is on no bridge: nobody has media. */
        void bridgeLeft();

        /** The participants can be invited again. */
        void inviteMissing();
    }

    BridgeMoves(String name, FocusContext focus, Agent agent, ConferenceBridge bridge, Effects effects) {
        this.name = name;
        this.focus = focus;
        this.agent = agent;
        this.bridge = bridge;
        this.effects = effects;
    }

    /** A bridge is gone, or does not work. One that may come to itself is still better than none. */
    void lost(Jid lost, String reason, boolean gone) {
        bridge.at(lost).ifPresent(current -> {
            if (gone || focus.brewery().usable() > 0) {
                moveFrom(current, reason);
            } else {
                log.warn("{}: stays on bridge {}, for want of another: {}", name, lost.getResourceOrEmpty(), reason);
                strandedOn = current;
            }
        });
    }

    /** A bridge can be used again, or for the first time. */
    void usable() {
        ColibriSession stranded = strandedOn;
        if (stranded != null && focus.brewery().usable() > 0) {
            strandedOn = null;
            if (!focus.brewery().isHealthy(stranded.bridge())) {
                moveFrom(stranded, "there is another now");
            }
        }
        effects.inviteMissing();
    }

    /** Whether the failure is one of the bridge and not of one endpoint; then the conference has moved. */
    boolean isBridgeAtFault(ColibriSession on, ColibriFailure failure) {
        focus.metrics().colibriFailed(failure.kind());
        return switch (failure.kind()) {
            case BRIDGE_SILENT -> {
                focus.brewery().reportFailure(on.bridge());
                moveFrom(on, failure.text());
                yield true;
            }
            case CONFERENCE_UNKNOWN, BRIDGE_DRAINING -> {
                moveFrom(on, failure.text());
                yield true;
            }
            case ENDPOINT_UNKNOWN, REFUSED, LINK_LOST -> false;
        };
    }

    private void moveFrom(ColibriSession lost, String reason) {
        if (!bridge.is(lost)) {
            return;
        }
        log.warn("{}: leaves bridge {}: {}", name, lost.bridge().getResourceOrEmpty(), reason);
        focus.metrics().conferenceMoved();
        // It is told even so: a bridge that is only slow must not keep the conference.
        bridge.leave();
        effects.bridgeLeft();
        if (limit.grant(focus.scheduler().nanoTime())) {
            effects.inviteMissing();
        } else {
            agent.after(PAUSE, effects::inviteMissing);
        }
    }
}
