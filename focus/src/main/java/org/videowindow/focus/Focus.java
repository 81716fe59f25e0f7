package org.videowindow.focus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.videowindow.focus.agent.ThreadScheduler;
import org.videowindow.focus.config.ConfigurationException;
import org.videowindow.focus.config.ConfigurationFile;
import org.videowindow.focus.config.FocusConfig;
import org.videowindow.focus.health.PrivateHttp;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.saved.SavedConferences;
import org.videowindow.focus.saved.SavedFiles;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.LinkTrouble;
import org.videowindow.focus.xmpp.PinnedCertificate;
import org.videowindow.focus.xmpp.ShardLink;
import org.videowindow.focus.xmpp.SmackLink;

/** The program: reads the configuration, opens the link and the private port, and waits for the end. */
public final class Focus implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Focus.class);
    private static final Duration FAREWELL = Duration.ofMillis(300);

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final FocusMetrics metrics = new FocusMetrics();
    private final FocusService service;
    private final SmackLink link;
    private final PrivateHttp http;
    private final SavedConferences saved;

    /** Starts a focus that notes its conferences only where the configuration says so. */
    public Focus(FocusConfig config) throws ConfigurationException {
        this(config, Optional.empty(), () -> {});
    }

    /**
     * Starts a focus.
     *
     * @param stateFolder where to note conferences unless the configuration says so
     * @param onReplaced told when another focus has taken this one's place, for good
     */
    Focus(FocusConfig config, Optional<Path> stateFolder, Runnable onReplaced) throws ConfigurationException {
        String version = version();
        FocusConfig.Xmpp xmpp = config.xmpp();
        password(xmpp.passwordFile());
        saved = saved(config.stateFolder(), stateFolder);
        AtomicReference<SmackLink> later = new AtomicReference<>();
        service = new FocusService(
                config,
                new LaterLink(later),
                reason -> later.get().drop(reason),
                scheduler,
                new SecureRandom(),
                metrics,
                saved,
                version);
        link = new SmackLink(
                new SmackLink.Settings(
                        xmpp.host(),
                        xmpp.port(),
                        xmpp.domain().toString(),
                        xmpp.username(),
                        xmpp.resource(),
                        () -> passwordOrNothing(xmpp.passwordFile()),
                        new PinnedCertificate(xmpp.certificateFile()),
                        xmpp.limits()),
                service.listener(),
                metrics::reconnected,
                () -> {
                    service.replaced();
                    onReplaced.run();
                });
        later.set(link);
        try {
            http = new PrivateHttp(
                    new InetSocketAddress(config.http().host(), config.http().port()),
                    service.health(),
                    service.view(),
                    version,
                    metrics::scrape);
        } catch (IOException e) {
            scheduler.close();
            throw new ConfigurationException("The port " + config.http().host() + ":"
                    + config.http().port() + " of 'http.port' cannot be opened: " + e.getMessage() + ".");
        }
        link.start();
        log.info(
                "focus {}: shard {}:{} as {}/{}, rooms at {}, bridges in {}, health at http://{}:{}/about/health",
                version,
                xmpp.host(),
                xmpp.port(),
                xmpp.account(),
                xmpp.resource(),
                xmpp.conferenceService(),
                config.bridges().room(),
                config.http().host(),
                http.port());
    }

    /** Starts the program. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println(
                    "Usage: focus --config <file>; the keys are explained in the reference.conf in the jar.");
            System.exit(1);
            return;
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        CountDownLatch ended = new CountDownLatch(1);
        try {
            Path file = Path.of(arguments[1]);
            // A thread of its own: the shutdown waits for the link's thread, which is the one that tells.
            Runnable onReplaced = () -> Thread.ofPlatform().start(() -> {
                System.err.println("Another focus has signed in under the same address; this one ends.");
                System.exit(1);
            });
            Focus focus = new Focus(
                    ConfigurationFile.read(file),
                    Optional.of(file.resolveSibling(file.getFileName() + ".state")),
                    onReplaced);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                focus.close();
                ended.countDown();
            }));
        } catch (ConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        ended.await();
    }

    /** The private port that was opened. */
    public int httpPort() {
        return http.port();
    }

    /** What runs. */
    FocusService service() {
        return service;
    }

    /**
     * Closes link and port, within a second or four. Conferences that are noted go on without signalling, for the focus
     * that is started next; without notes they end here.
     */
    @Override
    public void close() {
        log.info("focus stops");
        if (saved == SavedConferences.NONE) {
            service.endConferences();
            awaitFarewell();
        }
        link.close();
        http.close();
        scheduler.close();
        metrics.close();
        if (saved instanceof SavedFiles files) {
            files.close();
        }
    }

    private static SavedConferences saved(Optional<Path> configured, Optional<Path> otherwise)
            throws ConfigurationException {
        Optional<Path> folder = configured.or(() -> otherwise);
        if (folder.isEmpty()) {
            return SavedConferences.NONE;
        }
        try {
            return SavedFiles.in(folder.get());
        } catch (SavedFiles.TakenException e) {
            throw new ConfigurationException(e.getMessage());
        } catch (IOException e) {
            if (configured.isPresent()) {
                throw new ConfigurationException(e.getMessage() + " It is the value of 'conference.state-folder'.");
            }
            log.warn("calls will not outlive a crash of the focus (conference.state-folder): {}", e.getMessage());
            return SavedConferences.NONE;
        }
    }

    private void awaitFarewell() {
        CountDownLatch over = new CountDownLatch(1);
        scheduler.after(FAREWELL, over::countDown);
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The service needs a link to send by, the link a listener to deliver to: one of them comes later. */
    private record LaterLink(AtomicReference<SmackLink> link) implements ShardLink {
        @Override
        public void send(XmlElement stanza) {
            SmackLink now = link.get();
            if (now != null) {
                now.send(stanza);
            }
        }

        @Override
        public LinkTrouble trouble() {
            SmackLink now = link.get();
            return now == null ? LinkTrouble.NONE : now.trouble();
        }
    }

    private static String password(Path file) throws ConfigurationException {
        try {
            String password =
                    Files.readAllLines(file).stream().findFirst().orElse("").strip();
            if (password.isEmpty()) {
                throw new ConfigurationException("The file " + file + " of 'xmpp.password-file' is empty.");
            }
            return password;
        } catch (IOException e) {
            throw new ConfigurationException("The file " + file + " of 'xmpp.password-file' cannot be read.");
        }
    }

    private static String passwordOrNothing(Path file) {
        try {
            return password(file);
        } catch (ConfigurationException e) {
            log.warn(e.getMessage());
            return "";
        }
    }

    private static String version() {
        String version = Focus.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
