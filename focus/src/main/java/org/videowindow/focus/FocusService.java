package org.videowindow.focus;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.agent.Scheduler;
import org.videowindow.focus.bridge.Brewery;
import org.videowindow.focus.conference.ConferenceRequests;
import org.videowindow.focus.conference.Conferences;
import org.videowindow.focus.conference.FocusContext;
import org.videowindow.focus.config.FocusConfig;
import org.videowindow.focus.health.FocusHealth;
import org.videowindow.focus.health.FocusView;
import org.videowindow.focus.media.KnownFeatures;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.saved.SavedConferences;
import org.videowindow.focus.xmpp.Capabilities;
import org.videowindow.focus.xmpp.Requests;
import org.videowindow.focus.xmpp.ShardLink;

/**
 * The focus without its outside: everything between a link to a shard and a clock. The program gives it the real ones,
 * tests give it others.
 */
public final class FocusService {
    private static final int AGENT_QUEUE = 10_000;

    private final ShardLink link;
    private final Conferences conferences;
    private final Brewery brewery;
    private final LinkWatch watch;
    private final StanzaRouter router;
    private final Requests requests;

    /**
     * Puts the parts together.
     *
     * @param config what is configured
     * @param link the way to the shard
     * @param drop ends the link as broken
     * @param scheduler time and threads
     * @param random where ids come from; safe for threads, and not to be guessed by others in production
     * @param metrics what is counted
     * @param saved where conferences are noted, and what an earlier process noted
     * @param version of the program
     */
    public FocusService(
            FocusConfig config,
            ShardLink link,
            Consumer<String> drop,
            Scheduler scheduler,
            RandomGenerator random,
            FocusMetrics metrics,
            SavedConferences saved,
            String version) {
        this.link = link;
        FocusConfig.Xmpp xmpp = config.xmpp();
        Capabilities capabilities = new Capabilities(version);
        requests = new Requests(
                link, random.nextLong() >>> 8, xmpp.openRequestLimit(), () -> metrics.stanzaDropped("stray-answer"));
        conferences = new Conferences(config.conferenceLimit());
        brewery = new Brewery(
                config.bridges(),
                new Agent("brewery", scheduler, AGENT_QUEUE),
                link,
                requests,
                List.of(capabilities.presenceElement()),
                conferences);
        EntityFullJid self =
                JidCreate.entityFullFrom(xmpp.account(), Resourcepart.fromOrThrowUnchecked(xmpp.resource()));
        conferences.use(new FocusContext(
                config.conference(),
                scheduler,
                link,
                requests,
                brewery,
                metrics,
                saved,
                self,
                version,
                capabilities.presenceElement(),
                new KnownFeatures(),
                random));
        watch = new LinkWatch(
                xmpp.domain(),
                xmpp.pingInterval(),
                xmpp.pingTimeout(),
                requests,
                new Agent("link-watch", scheduler, AGENT_QUEUE),
                drop);
        ConferenceRequests conferenceRequests = new ConferenceRequests(
                conferences, xmpp.conferenceService(), config.bridges().room(), xmpp.account(), link, metrics);
        router = new StanzaRouter(
                link, requests, capabilities, brewery, conferences, conferenceRequests, metrics, watch);
        metrics.gauge("focus.conferences", "Conferences now", conferences::size);
        metrics.gauge("focus.bridges", "Bridges in the brewery room", brewery::known);
        metrics.gauge("focus.bridges.usable", "Bridges that could take a conference", brewery::usable);
        metrics.gauge("focus.link.up", "1 while signed in to the shard", () -> watch.isUp() ? 1 : 0);
        metrics.gauge("focus.requests.open", "Questions to clients and bridges without answer yet", requests::open);
        brewery.start();
        conferences.restore();
    }

    /** Hears what comes from the shard. */
    public ShardLink.Listener listener() {
        return router;
    }

    /** Whether a call could be started now. */
    public FocusHealth health() {
        return new FocusHealth(watch::isUp, watch::sinceMillis, link::trouble, brewery::isReady, brewery::usable);
    }

    /** What runs. */
    public FocusView view() {
        return new FocusView(conferences::summaries, brewery::all);
    }

    /** Another focus has taken this one's place. */
    public void replaced() {
        conferences.forget();
    }

    /** Conferences now. */
    public int conferences() {
        return conferences.size();
    }

    /** Questions to clients and bridges that are not answered. */
    public int openRequests() {
        return requests.open();
    }

    /** Ends all conferences, telling clients and bridges; the link has to stay up for the moment that takes. */
    public void endConferences() {
        conferences.endAll("the focus stops");
    }
}
