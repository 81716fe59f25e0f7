package org.videowindow.focus.lab;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.videowindow.focus.FocusService;
import org.videowindow.focus.config.ConfigurationException;
import org.videowindow.focus.config.FocusConfig;
import org.videowindow.focus.config.Settings;
import org.videowindow.focus.metrics.FocusMetrics;

/** A whole focus with a fake shard around it, in virtual time. */
public final class FocusLab implements AutoCloseable {
    /** The room most tests use. */
    public static final String ROOM = "abc-defg-hij";

    private final VirtualTime time = new VirtualTime();
    private final FakeShard shard = new FakeShard(time);
    private final FocusMetrics metrics = new FocusMetrics();
    private final FocusService service;

    /** Starts it with the default configuration. */
    public FocusLab() {
        this("");
    }

    /** Starts it with something configured. */
    public FocusLab(String hocon) {
        service = new FocusService(
                config(hocon), shard, reason -> shard.disconnect(), time, new SplittableRandom(1), metrics, "test");
        shard.connect(service.listener());
        settle();
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
        metrics.close();
    }
}
