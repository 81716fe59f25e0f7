package org.videowindow.focus.lab;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.videowindow.focus.FocusService;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.agent.Scheduler;
import org.videowindow.focus.config.ConfigurationException;
import org.videowindow.focus.config.FocusConfig;
import org.videowindow.focus.config.Settings;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.saved.SavedConferences;
import org.videowindow.focus.saved.SavedFiles;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.ShardLink;

/** A whole focus with a fake shard around it, in virtual time. It can be killed and started again. */
public final class FocusLab implements AutoCloseable {
    /** The room most tests use. */
    public static final String ROOM = "abc-defg-hij";

    private final VirtualTime time = new VirtualTime();
    private final FakeShard shard = new FakeShard(time);
    private final FocusConfig config;
    private final Supplier<SavedConferences> notes;
    private FocusMetrics metrics;
    private FocusService service;
    private SavedConferences saved;
    private AtomicBoolean alive;
    private int starts;

    /** A process: what it would do after its death does not happen. */
    private record Mortal(VirtualTime time, AtomicBoolean alive) implements Scheduler {
        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public long wallMillis() {
            return time.wallMillis();
        }

        @Override
        public Cancellable after(Duration delay, Runnable task) {
            return time.after(delay, () -> ifAlive(task));
        }

        @Override
        public void execute(Runnable task) {
            time.execute(() -> ifAlive(task));
        }

        private void ifAlive(Runnable task) {
            if (alive.get()) {
                task.run();
            }
        }
    }

    /** Starts it with the default configuration. */
    public FocusLab() {
        this("");
    }

    /** Starts it with something configured. */
    public FocusLab(String hocon) {
        this(hocon, () -> SavedConferences.NONE);
    }

    /**
     * Starts it.
     *
     * @param notes opened by each process
     */
    public FocusLab(String hocon, Supplier<SavedConferences> notes) {
        this.config = config(hocon);
        this.notes = notes;
        start();
        settle();
    }

    /** Starts a focus; an earlier one has to be dead, or is left running to be replaced. */
    public void start() {
        saved = notes.get();
        metrics = new FocusMetrics();
        AtomicBoolean mine = new AtomicBoolean(true);
        alive = mine;
        ShardLink link = new ShardLink() {
            @Override
            public void send(XmlElement stanza) {
                if (mine.get()) {
                    shard.send(stanza);
                }
            }
        };
        // Ids of one process are not those of another.
        service = new FocusService(
                config,
                link,
                reason -> shard.disconnect(),
                new Mortal(time, mine),
                new SplittableRandom(++starts),
                metrics,
                saved,
                "test");
        shard.connect(service.listener());
    }

    /** Kills the focus, as with {@code kill -9}: it says nothing to anybody and does nothing any more. */
    public void kill() {
        alive.set(false);
        shard.killFocus();
        if (saved instanceof SavedFiles files) {
            files.close();
        }
    }

    /** The configuration with something changed. */
    public static FocusConfig config(String hocon) {
        try {
            return Settings.of(ConfigFactory.parseString("xmpp { password-file = p, certificate-file = c }\n" + hocon));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A bridge that has joined. */
    public FakeBridge bridge(String id) {
        FakeBridge bridge = new FakeBridge(shard, id).join();
        settle();
        return bridge;
    }

    /** A client that has joined the usual room. */
    public FakeClient client(String endpoint) {
        FakeClient client = newClient(endpoint).join();
        settle();
        return client;
    }

    /** A client that has done nothing yet. */
    public FakeClient newClient(String endpoint) {
        return new FakeClient(shard, ROOM, endpoint);
    }

    /** Lets everything happen that needs no time. */
    public void settle() {
        time.settle();
    }

    /** Lets the next thing happen that needs no time; false when there is none. */
    public boolean step() {
        return time.step();
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        time.pass(duration);
    }

    /** The shard. */
    public FakeShard shard() {
        return shard;
    }

    /** The focus. */
    public FocusService focus() {
        return service;
    }

    /** Its counters. */
    public FocusMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        alive.set(false);
        if (saved instanceof SavedFiles files) {
            files.close();
        }
        metrics.close();
    }
}
