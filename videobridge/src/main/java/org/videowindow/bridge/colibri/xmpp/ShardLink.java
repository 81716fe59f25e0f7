package org.videowindow.bridge.colibri.xmpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.ping.PingManager;
import org.jxmpp.jid.parts.Resourcepart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.colibri.Colibri2Handler;
import org.videowindow.bridge.colibri.ColibriCounters;
import org.videowindow.bridge.config.ShardSettings;
import org.videowindow.bridge.config.XmppSettings;

/**
 * The bridge's membership in the brewery of one shard. A thread of its own signs in, joins, tells the load every few
 * seconds, and starts over when the connection or the membership is lost, until the link is closed.
 *
 * <pre>
 *   connect -> sign in -> join -> tell presence, ping -+
 *      ^                                               | lost, kicked, silent
 *      +-------------------- wait ---------------------+
 * </pre>
 */
public final class ShardLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShardLink.class);
    private static final int REPLY_MILLIS = 10_000;
    /** The focus may come up any second. */
    private static final Duration JOIN_LONGEST = Duration.ofSeconds(2);

    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final ShardSettings shard;
    private final XmppSettings settings;
    private final Resourcepart nick;
    private final Colibri2Handler handler;
    private final BridgeControl bridge;
    private final ColibriCounters counters;
    private final SecureRandom random = new SecureRandom();
    private final Thread thread;
    /** A permit wakes the thread: closed, or the connection was lost. */
    private final Semaphore wake = new Semaphore(0);

    /** What was wrong at the last attempt; of the thread. */
    private String complaint = "";

    private volatile boolean closed;
    private volatile boolean joined;

    /** @param bridgeId nick in the brewery and resource of the account */
    public ShardLink(
            ShardSettings shard,
            XmppSettings settings,
            String bridgeId,
            Colibri2Handler handler,
            BridgeControl bridge,
            ColibriCounters counters) {
        this.shard = shard;
        this.settings = settings;
        this.nick = Resourcepart.fromOrThrowUnchecked(bridgeId);
        this.handler = handler;
        this.bridge = bridge;
        this.counters = counters;
        this.thread =
                Thread.ofPlatform().name("shard-" + shard.host()).daemon(true).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether the bridge is in the brewery now. */
    public boolean isJoined() {
        return joined;
    }

    /** Tells the presence at once instead of at its next turn: something changed that the focus acts upon. */
    public void tellNow() {
        wake.release();
    }

    /** Leaves the brewery and disconnects; waits at most three seconds. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            if (!thread.join(Duration.ofSeconds(3))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        BackOff backOff = new BackOff(settings.reconnectFirst(), settings.reconnectLongest(), random);
        while (!closed) {
            GuardedConnection connection = null;
            try {
                connection = new GuardedConnection(configuration(), counters);
                BreweryRoom brewery = enter(connection);
                join(connection, brewery);
                backOff.reset();
                tend(connection, brewery);
                leave(connection, brewery);
            } catch (IOException | SmackException | XMPPException | RuntimeException e) {
                counters.connectionFailures.increment();
                complain(sentence(e));
            } catch (InterruptedException e) {
                return;
            } finally {
                joined = false;
                if (connection != null) {
                    connection.instantShutdown();
                }
            }
            if (!closed) {
                pause(backOff.next());
            }
        }
    }

    private XMPPTCPConnectionConfiguration configuration() throws IOException {
        XMPPTCPConnectionConfiguration.Builder builder = XMPPTCPConnectionConfiguration.builder()
                .setHost(shard.host())
                .setPort(shard.port())
                .setXmppDomain(shard.domain())
                .setUsernameAndPassword(
                        shard.username(), Files.readString(shard.passwordFile()).strip())
                .setResource(nick)
                .setSecurityMode(ConnectionConfiguration.SecurityMode.required)
                .setCompressionEnabled(false)
                .setConnectTimeout(REPLY_MILLIS)
                .addEnabledSaslMechanism("SCRAM-SHA-1")
                .addEnabledSaslMechanism("PLAIN");
        if (shard.certificateFile() != null) {
            builder.setCustomX509TrustManager(PinnedCertificates.read(shard.certificateFile()));
            builder.setHostnameVerifier((host, session) -> true);
        }
        return builder.build();
    }

    private BreweryRoom enter(GuardedConnection connection)
            throws IOException, SmackException, XMPPException, InterruptedException {
        connection.setReplyTimeout(REPLY_MILLIS);
        connection.addConnectionListener(new ConnectionListener() {
            @Override
            public void connectionClosed() {
                wake.release();
            }

            @Override
            public void connectionClosedOnError(Exception e) {
                log.debug("Shard {} closed the connection", shard.host(), e);
                wake.release();
            }
        });
        BreweryRoom brewery = new BreweryRoom(connection, shard.brewery(), nick, wake::release);
        FocusGate gate = new FocusGate(shard.brewery(), shard.focusNick(), shard.focusJid(), brewery::realJid);
        new ShardRequests(gate, handler, bridge, counters).register(connection);
        connection.connect();
        connection.login();
        return brewery;
    }

    /** Joins the room, again and again while the focus has not made it; returns early when the link is closed. */
    private void join(XMPPConnection connection, BreweryRoom brewery)
            throws SmackException, XMPPException, InterruptedException {
        BackOff backOff = new BackOff(settings.reconnectFirst(), JOIN_LONGEST, random);
        while (!closed) {
            try {
                brewery.join(bridge.statistics(), REPLY_MILLIS);
                joined = true;
                complaint = "";
                log.info("Shard {}: joined the brewery as {}", shard.host(), nick);
                return;
            } catch (XMPPException.XMPPErrorException e) {
                complain("the brewery does not admit the bridge: "
                        + e.getStanzaError().getCondition());
            }
            wake.tryAcquire(backOff.next().toMillis(), TimeUnit.MILLISECONDS);
            if (!connection.isAuthenticated()) {
                throw new SmackException.SmackMessageException("the connection was lost");
            }
        }
    }

    /** Returns when the link is closed, throws when the membership is lost. */
    private void tend(XMPPConnection connection, BreweryRoom brewery)
            throws SmackException, XMPPException, InterruptedException {
        long pinged = System.nanoTime();
        while (!closed) {
            wake.tryAcquire(settings.presenceInterval().toMillis(), TimeUnit.MILLISECONDS);
            wake.drainPermits();
            if (closed) {
                return;
            }
            if (!connection.isAuthenticated() || !brewery.isPresent()) {
                throw new SmackException.SmackMessageException("the membership in the brewery was lost");
            }
            brewery.tell(bridge.statistics());
            if (System.nanoTime() - pinged >= PING_NANOS) {
                pinged = System.nanoTime();
                if (!PingManager.getInstanceFor(connection).pingMyServer(false, REPLY_MILLIS)) {
                    throw new SmackException.SmackMessageException("the server does not answer");
                }
            }
        }
    }

    /** Tells the room before the connection goes, so that the focus needs no timeout to notice. */
    private void leave(XMPPConnection connection, BreweryRoom brewery) throws SmackException, InterruptedException {
        brewery.leave();
        // What was sent before the ping has left when the answer comes.
        PingManager.getInstanceFor(connection).pingMyServer(false, 1_000);
        log.info("Shard {}: left the brewery", shard.host());
    }

    private void pause(Duration duration) {
        try {
            wake.drainPermits();
            if (!closed) {
                wake.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Says what is wrong once, not at every attempt. */
    private void complain(String sentence) {
        if (!sentence.equals(complaint)) {
            log.warn("Shard {}: {}", shard.host(), sentence);
        }
        complaint = sentence;
    }

    private static String sentence(Exception e) {
        if (e instanceof NoSuchFileException file) {
            return "the file " + file.getFile() + " is not there";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
