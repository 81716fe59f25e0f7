package org.videowindow.focus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
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
import org.videowindow.focus.xml.XmlElement;
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

    /** Starts a focus. */
    public Focus(FocusConfig config) throws ConfigurationException {
        String version = version();
        FocusConfig.Xmpp xmpp = config.xmpp();
        password(xmpp.passwordFile());
        AtomicReference<SmackLink> later = new AtomicReference<>();
        // The service needs a link to send by, the link a listener to deliver to.
        ShardLink toShard = stanza -> send(later.get(), stanza);
        service = new FocusService(
                config, toShard, reason -> later.get().drop(reason), scheduler, new SecureRandom(), metrics, version);
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
                metrics::reconnected);
        later.set(link);
        try {
            http = new PrivateHttp(
                    new InetSocketAddress(config.http().host(), config.http().port()),
                    service.health(),
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
            Focus focus = new Focus(ConfigurationFile.read(Path.of(arguments[1])));
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

    /** Ends conferences, leaves rooms, closes link and port, within a second or four. */
    @Override
    public void close() {
        log.info("focus stops");
        service.endConferences();
        awaitFarewell();
        link.close();
        http.close();
        scheduler.close();
        metrics.close();
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

    private static void send(SmackLink link, XmlElement stanza) {
        if (link != null) {
            link.send(stanza);
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
