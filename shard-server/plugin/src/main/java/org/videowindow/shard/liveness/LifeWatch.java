package org.videowindow.shard.liveness;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.shard.account.SessionEnd;
import org.videowindow.shard.config.ShardSettings.Liveness;
import org.videowindow.shard.health.Metrics;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * Finds sessions whose other end has vanished without a word, and ends them, so that they are gone for the others: the
 * server itself notices a dead WebSocket late or never, and keeps a broken one for resumption for minutes. Called every
 * second by the plugin's clock thread, which owns it.
 */
public final class LifeWatch {
    private static final Logger log = LoggerFactory.getLogger(LifeWatch.class);
    private static final String PING = "urn:xmpp:ping";

    private final String domain;
    private final Liveness settings;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Map<JID, Silence> sessions = new HashMap<>();
    private final AtomicLong pings = new AtomicLong();

    public LifeWatch(String domain, Liveness settings, Metrics metrics, InstantSource clock) {
        this.domain = domain;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Looks at every session once. */
    public void tick() {
        Instant now = clock.instant();
        Set<JID> seen = new HashSet<>();
        for (ClientSession session : SessionManager.getInstance().getSessions()) {
            if (session instanceof LocalClientSession local
                    && local.getAddress().getNode() != null) {
                seen.add(local.getAddress());
                Silence silence = sessions.computeIfAbsent(local.getAddress(), key -> new Silence(settings, now));
                switch (silence.look(local.getNumClientPackets(), local.isDetached(), now)) {
                    case ASK -> ask(local);
                    case GONE -> end(local);
                    case NOTHING -> {}
                }
            }
        }
        sessions.keySet().retainAll(seen);
    }

    private void ask(LocalClientSession session) {
        IQ ping = new IQ(IQ.Type.get, "vw-ping-" + pings.incrementAndGet());
        ping.setFrom(domain);
        ping.setTo(session.getAddress());
        ping.setChildElement("ping", PING);
        session.process(ping);
    }

    private void end(LocalClientSession session) {
        log.info("session {} is silent, ending it", session.getStreamID());
        metrics.count("sessions_ended", session.isDetached() ? "not_resumed" : "silent");
        sessions.remove(session.getAddress());
        SessionEnd.end(session);
    }
}
