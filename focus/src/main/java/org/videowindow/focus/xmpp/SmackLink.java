package org.videowindow.focus.xmpp;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.StreamError;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.focus.xml.ParserLimits;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xml.XmlReader;

/**
 * The link over TCP with STARTTLS and a pinned certificate. One thread owns it: it connects, writes what others queued,
 * and when the link breaks waits and connects again, for ever.
 *
 * <p>The queue is bounded. When it is full the shard has stopped reading; the link is dropped then and everything is
 * brought in line after the reconnect, which is what happens after any loss.
 */
public final class SmackLink implements ShardLink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SmackLink.class);
    /** Stanzas that may wait for the socket. A conference of 100 makes about as many when somebody joins. */
    private static final int OUTBOX = 20_000;

    /** A shard that restarts is back within seconds, and everybody in its rooms waits for the focus. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Settings settings;
    private final Listener listener;
    private final Runnable onReconnect;
    private final Runnable onConflict;
    private final BlockingQueue<XmlElement> outbox = new ArrayBlockingQueue<>(OUTBOX);
    private final ReentrantLock delivery = new ReentrantLock();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile Session session;
    private volatile LinkTrouble trouble = LinkTrouble.NONE;

    /**
     * Where and as whom to sign in.
     *
     * @param host of the shard
     * @param port of the shard for clients
     * @param domain XMPP domain
     * @param username node of the focus account
     * @param resource resource of the focus, part of the address clients ask
     * @param password asked at each attempt
     * @param certificate what the shard must show
     * @param limits of one stanza
     */
    public record Settings(
            String host,
            int port,
            String domain,
            String username,
            String resource,
            Supplier<String> password,
            PinnedCertificate certificate,
            XmlReader.Limits limits) {}

    /** One signed-in connection. */
    private final class Session implements ConnectionListener {
        private GuardedConnection connection;
        private volatile String over;

        @Override
        public void connectionClosed() {
            end("the shard closed the stream");
        }

        @Override
        public void connectionClosedOnError(Exception e) {
            end(
                    e instanceof XMPPException.StreamErrorException stream
                            ? "stream error " + stream.getStreamError().getCondition()
                            : firstLine(e));
        }

        void end(String reason) {
            if (over == null) {
                over = reason;
            }
        }

        void deliver(XmlReader.Reading reading) {
            delivery.lock();
            try {
                if (session == this) {
                    listener.stanza(reading.element(), reading.complete());
                }
            } catch (Throwable e) {
                // The reader of the stream must outlive whatever a stanza causes.
                log.error("a stanza could not be handled", e);
            } finally {
                delivery.unlock();
            }
        }
    }

    private record Outgoing(XmlElement element) implements Nonza {
        @Override
        public String getElementName() {
            return element.name();
        }

        @Override
        public String getNamespace() {
            return element.namespace();
        }

        @Override
        public CharSequence toXML(org.jivesoftware.smack.packet.XmlEnvironment environment) {
            StringBuilder out = new StringBuilder(512);
            element.write(out, Namespaces.CLIENT);
            return out.toString();
        }
    }

    /**
     * Prepares the link; {@link #start} opens it.
     *
     * @param onReconnect told of each sign-in after the first
     * @param onConflict told when somebody else signed in under this address; the link stays down then, since two that
     *     took the address from each other again and again would be worse than one
     */
    public SmackLink(Settings settings, Listener listener, Runnable onReconnect, Runnable onConflict) {
        ParserLimits.lift();
        this.settings = settings;
        this.listener = listener;
        this.onReconnect = onReconnect;
        this.onConflict = onConflict;
        this.thread = Thread.ofPlatform().name("shard-link").unstarted(this::run);
    }

    /** Opens the link, now or as soon as the shard is there. */
    public void start() {
        thread.start();
    }

    @Override
    public void send(XmlElement stanza) {
        Session current = session;
        if (current != null && !outbox.offer(stanza)) {
            drop("the shard takes no more stanzas");
        }
    }

    @Override
    public LinkTrouble trouble() {
        return trouble;
    }

    /** Ends the connection as broken; the link reconnects. */
    public void drop(String reason) {
        Session current = session;
        if (current != null) {
            current.end(reason);
            current.connection.instantShutdown();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, new SecureRandom());
        boolean first = true;
        try {
            while (stopped.getCount() > 0) {
                Session mine = new Session();
                Duration wait;
                try {
                    connect(mine);
                    backoff.reset();
                    log.info("signed in to the shard {}:{}", settings.host(), settings.port());
                    if (!first) {
                        onReconnect.run();
                    }
                    first = false;
                    trouble = LinkTrouble.NONE;
                    write(mine);
                    if (mine.over != null && mine.over.contains("conflict")) {
                        trouble = LinkTrouble.CONFLICT;
                        log.error("another focus has signed in as {}/{}", settings.username(), settings.resource());
                        return;
                    }
                    trouble = LinkTrouble.UNREACHABLE;
                    wait = backoff.next();
                    if (stopped.getCount() > 0) {
                        log.warn("the link to the shard is gone: {}; next attempt in {}", mine.over, wait);
                    }
                } catch (XMPPException | SmackException | IOException e) {
                    mine.end("not connected");
                    trouble = trouble(e);
                    wait = backoff.next();
                    log.warn("cannot sign in to the shard: {}; next attempt in {}", reason(e), wait);
                } finally {
                    end(mine);
                }
                if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (trouble == LinkTrouble.CONFLICT) {
                onConflict.run();
            }
        }
    }

    private static LinkTrouble trouble(Exception e) {
        if (e instanceof SASLErrorException) {
            return LinkTrouble.REFUSED;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return LinkTrouble.CERTIFICATE;
            }
        }
        return LinkTrouble.UNREACHABLE;
    }

    private void connect(Session mine) throws XMPPException, SmackException, IOException, InterruptedException {
        XMPPTCPConnectionConfiguration configuration = XMPPTCPConnectionConfiguration.builder()
                .setHost(settings.host())
                .setPort(settings.port())
                .setXmppDomain(settings.domain())
                .setUsernameAndPassword(settings.username(), settings.password().get())
                .setResource(settings.resource())
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(settings.certificate())
                // The pinned certificate itself is the identity; the name in it is not looked at.
                .setHostnameVerifier((name, tls) -> true)
                .setSendPresence(false)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .build();
        mine.connection = new GuardedConnection(configuration, settings.limits(), mine::deliver);
        mine.connection.addConnectionListener(mine);
        delivery.lock();
        try {
            mine.connection.connect().login();
            outbox.clear();
            session = mine;
            listener.up();
        } finally {
            delivery.unlock();
        }
    }

    private void write(Session mine) throws InterruptedException {
        while (mine.over == null && stopped.getCount() > 0) {
            XmlElement next = outbox.poll(100, TimeUnit.MILLISECONDS);
            if (next == null) {
                continue;
            }
            try {
                mine.connection.sendNonza(new Outgoing(next));
            } catch (SmackException.NotConnectedException e) {
                mine.end("not connected any more");
            }
        }
    }

    private void end(Session mine) {
        delivery.lock();
        try {
            if (session == mine) {
                session = null;
                listener.down();
            }
        } finally {
            delivery.unlock();
        }
        if (mine.connection != null) {
            if (mine.over == null) {
                flush(mine);
                mine.connection.finish();
            } else {
                mine.connection.instantShutdown();
            }
        }
    }

    /** At an orderly end what is queued still goes out: leaving rooms is polite to those in them. */
    private void flush(Session mine) {
        try {
            for (XmlElement next = outbox.poll(); next != null; next = outbox.poll()) {
                mine.connection.sendNonza(new Outgoing(next));
            }
        } catch (SmackException.NotConnectedException e) {
            // Then not.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Exception e) {
        if (e instanceof SASLErrorException) {
            return "it refuses the account's password";
        }
        if (e instanceof XMPPException.StreamErrorException stream) {
            StreamError error = stream.getStreamError();
            return "stream error " + error.getCondition();
        }
        return firstLine(e);
    }

    private static String firstLine(Exception e) {
        if (e.toString().contains("must start and end within the same entity")) {
            // The parser's way to say that the stream ended in its middle.
            return "the shard closed the connection";
        }
        return e.toString().lines().findFirst().orElse("unknown");
    }
}
