package org.videowindow.shard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.openfire.IQRouter;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.openfire.disco.IQDiscoInfoHandler;
import org.jivesoftware.openfire.event.SessionEventDispatcher;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.util.JiveGlobals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.shard.account.Accounts;
import org.videowindow.shard.account.Senders;
import org.videowindow.shard.account.SessionEvents;
import org.videowindow.shard.account.ShardProviders;
import org.videowindow.shard.account.SignIn;
import org.videowindow.shard.config.SettingsException;
import org.videowindow.shard.config.SettingsFile;
import org.videowindow.shard.config.ShardSettings;
import org.videowindow.shard.end.EndConference;
import org.videowindow.shard.extdisco.ExternalServices;
import org.videowindow.shard.health.Metrics;
import org.videowindow.shard.health.PrivateHttp;
import org.videowindow.shard.liveness.LifeWatch;
import org.videowindow.shard.room.Places;
import org.videowindow.shard.room.Rooms;
import org.videowindow.shard.room.Rules;
import org.videowindow.shard.stanza.Delivery;
import org.videowindow.shard.stanza.DiscoAnswers;
import org.videowindow.shard.stanza.DiscoAnswers.Identity;
import org.videowindow.shard.stanza.Guard;
import org.videowindow.shard.stanza.Shard;
import org.videowindow.shard.token.HttpKeySource;
import org.videowindow.shard.token.PortalKeys;
import org.videowindow.shard.token.TokenVerifier;
import org.xmpp.component.ComponentException;
import org.xmpp.component.ComponentManager;
import org.xmpp.component.ComponentManagerFactory;

/**
 * Puts the parts of a shard into an Openfire server and takes them out again. Uses only what Openfire 4.2 and 5 have in
 * common. Made and called by Openfire.
 */
public final class ShardPlugin implements Plugin {
    private static final Logger log = LoggerFactory.getLogger(ShardPlugin.class);

    /** Where an embedding launcher reads how the start went: {@code started}, or {@code failed: <sentence>}. */
    private static final String STATE = "org.videowindow.shard.state";

    private static final String CONFLICT_LIMIT = "xmpp.session.conflict-limit";

    private final Deque<Runnable> undo = new ArrayDeque<>();

    @Override
    public void initializePlugin(PluginManager manager, File folder) {
        try {
            Path file = Path.of(JiveGlobals.getHomeDirectory(), "conf", "video-window.conf");
            start(SettingsFile.read(file));
            System.setProperty(STATE, "started");
        } catch (SettingsException e) {
            fail(e.getMessage(), e);
        } catch (IOException e) {
            fail("The private HTTP port cannot be opened (http.address, http.port): " + e.getMessage() + ".", e);
        } catch (ComponentException | RuntimeException e) {
            fail("The plugin could not start: " + e, e);
        }
    }

    private void fail(String sentence, Exception cause) {
        destroyPlugin();
        System.setProperty(STATE, "failed: " + sentence);
        throw new IllegalStateException(sentence, cause);
    }

    private void start(ShardSettings settings) throws IOException, ComponentException {
        XMPPServer server = XMPPServer.getInstance();
        String domain = server.getServerInfo().getXMPPDomain();
        InstantSource clock = InstantSource.system();
        Metrics metrics = new Metrics();
        Places places = new Places(domain, settings.focusAccount(), settings.bridgeAccount(), settings.brewery());
        Rooms rooms = new Rooms(settings.focusAccount(), settings.maxRooms(), clock);
        Accounts accounts = new Accounts(settings.maxAccounts(), clock);
        PortalKeys keys = new PortalKeys(
                settings.keys(),
                new HttpKeySource(settings.keys().url(), settings.keys().timeout()),
                clock);
        SignIn signIn = new SignIn(
                settings.servicePasswords(),
                new TokenVerifier(settings.token(), domain, keys),
                accounts,
                metrics,
                clock);
        Senders senders = new Senders(places, accounts, signIn);
        Shard shard = new Shard(places, rooms);
        metrics.gauge("accounts", accounts::size);
        metrics.gauge("rooms", rooms::size);
        metrics.gauge("keys_loaded", () -> keys.loaded() ? 1 : 0);
        metrics.gauge("keys_failing", () -> keys.failing() ? 1 : 0);

        if (settings.httpPort() != 0) {
            PrivateHttp http = new PrivateHttp(
                    settings.httpAddress(), settings.httpPort(), () -> trouble(keys), keys::state, metrics);
            undo.push(http::close);
        }
        // A service that comes back takes the place of its own dead session at once.
        JiveGlobals.setProperty(CONFLICT_LIMIT, "0");
        intercept(new Guard(places, senders, new Rules(places, rooms), rooms, shard, metrics));
        intercept(new Delivery(places, rooms, new DiscoAnswers(places, rooms, identities(settings, places))));
        SessionEvents sessions = new SessionEvents(accounts, senders, rooms, shard, metrics);
        SessionEventDispatcher.addListener(sessions);
        undo.push(() -> SessionEventDispatcher.removeListener(sessions));
        handle(server, ExternalServices.VERSION_2, settings, clock);
        handle(server, ExternalServices.VERSION_1, settings, clock);
        addEndConference(new EndConference(rooms, shard, metrics));
        ShardProviders.install(signIn);
        undo.push(ShardProviders::remove);
        tick(List.of(keys::tick), "video-window-keys");
        tick(
                List.of(new LifeWatch(domain, settings.liveness(), metrics, clock)::tick, accounts::tick),
                "video-window-clock");
        log.info("shard {} serves {}", settings.shardName(), domain);
    }

    private static Optional<String> trouble(PortalKeys keys) {
        return keys.loaded()
                ? Optional.empty()
                : Optional.of("The portal's keys have never been loaded (token.jwks-url).");
    }

    private static List<Identity> identities(ShardSettings settings, Places places) {
        List<Identity> identities = new ArrayList<>();
        identities.add(new Identity("component", "end_conference", places.endConference()));
        identities.add(new Identity("server", "shard", settings.shardName()));
        if (!settings.region().isEmpty()) {
            identities.add(new Identity("server", "region", settings.region()));
        }
        return identities;
    }

    private void intercept(PacketInterceptor interceptor) {
        InterceptorManager.getInstance().addInterceptor(interceptor);
        undo.push(() -> InterceptorManager.getInstance().removeInterceptor(interceptor));
    }

    private void handle(XMPPServer server, String namespace, ShardSettings settings, InstantSource clock) {
        IQRouter router = server.getIQRouter();
        IQDiscoInfoHandler disco = server.getIQDiscoInfoHandler();
        ExternalServices handler = new ExternalServices(namespace, settings.turn(), clock);
        router.addHandler(handler);
        disco.addServerFeature(namespace);
        undo.push(() -> {
            disco.removeServerFeature(namespace);
            router.removeHandler(handler);
        });
    }

    private void addEndConference(EndConference component) throws ComponentException {
        ComponentManager components = ComponentManagerFactory.getComponentManager();
        components.addComponent(Places.endConferenceSubdomain(), component);
        undo.push(() -> {
            try {
                components.removeComponent(Places.endConferenceSubdomain());
            } catch (ComponentException e) {
                log.warn("the end-conference component could not be removed", e);
            }
        });
    }

    private void tick(List<Runnable> actions, String name) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        for (Runnable action : actions) {
            // guarded() lets nothing out, so the future has nothing to tell.
            var unused = timer.scheduleWithFixedDelay(() -> guarded(action), 0, 1, TimeUnit.SECONDS);
        }
        undo.push(timer::shutdownNow);
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("a periodic task failed", e);
        }
    }

    @Override
    public void destroyPlugin() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                log.warn("a part could not be stopped", e);
            }
        }
    }
}
