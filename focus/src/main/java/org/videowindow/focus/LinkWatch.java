package org.videowindow.focus;

import java.time.Duration;
import java.util.function.Consumer;
import org.jxmpp.jid.DomainBareJid;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.Requests;

/**
 * Asks the shard regularly for a sign of life (XEP-0199): a TCP connection whose other end has vanished looks idle for
 * minutes. Has its own agent; the methods may be called from any thread.
 */
final class LinkWatch {
    private static final XmlElement PING =
            XmlElement.element("ping", Namespaces.PING).build();

    private final DomainBareJid domain;
    private final Duration interval;
    private final Duration timeout;
    private final Requests requests;
    private final Agent agent;
    private final Consumer<String> drop;
    private volatile boolean up;
    private volatile long sinceMillis;
    private long epoch;

    LinkWatch(
            DomainBareJid domain,
            Duration interval,
            Duration timeout,
            Requests requests,
            Agent agent,
            Consumer<String> drop) {
        this.domain = domain;
        this.interval = interval;
        this.timeout = timeout;
        this.requests = requests;
        this.agent = agent;
        this.drop = drop;
        this.sinceMillis = agent.scheduler().wallMillis();
    }

    void linkUp() {
        up = true;
        sinceMillis = agent.scheduler().wallMillis();
        agent.post(() -> {
            epoch++;
            next(epoch);
        });
    }

    void linkDown() {
        up = false;
        sinceMillis = agent.scheduler().wallMillis();
        agent.post(() -> epoch++);
    }

    /** Whether the focus is signed in. */
    boolean isUp() {
        return up;
    }

    /** Since when it is, or is not; milliseconds since 1970 UTC. */
    long sinceMillis() {
        return sinceMillis;
    }

    private void next(long mine) {
        agent.after(interval, () -> {
            if (mine == epoch) {
                requests.ask("get", domain, PING, timeout, agent, answer -> answered(mine, answer));
            }
        });
    }

    private void answered(long mine, Requests.Answer answer) {
        if (mine != epoch) {
            return;
        }
        if (answer instanceof Requests.Answer.TimedOut) {
            drop.accept("the shard does not answer pings");
        } else {
            next(mine);
        }
    }
}
