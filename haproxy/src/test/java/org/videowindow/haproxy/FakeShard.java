package org.videowindow.haproxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;

/** A shard as HAProxy sees it: the public door of its XMPP server, that server's health, and its focus's. */
final class FakeShard implements Closeable {
    private static final String HEALTH = "/about/health";

    private final int number;
    private final String region;
    private final Upstream webSocket;
    private final Upstream health;
    private final Upstream focus;

    FakeShard(int number, String region, InetAddress address) throws IOException {
        this.number = number;
        this.region = region;
        webSocket = Upstream.named("shard-" + number, address);
        health = Upstream.healthAt(HEALTH, address);
        focus = Upstream.healthAt(HEALTH, address);
    }

    String name() {
        return "shard-" + number;
    }

    String region() {
        return region;
    }

    Upstream focus() {
        return focus;
    }

    /** What the template wants to know. */
    Map<String, Object> values() {
        return Map.of(
                "name",
                name(),
                "number",
                number,
                "weight",
                100,
                "web_socket",
                webSocket.address(),
                "health",
                health.address(),
                "focus",
                focus.address());
    }

    /** The XMPP server is killed; the focus lives and says that it has lost it. */
    void kill() throws IOException {
        focus.says(503, "not signed in to the shard");
        health.kill();
        webSocket.kill();
    }

    /** The XMPP server is there again. */
    void restart() throws IOException {
        health.restart();
        webSocket.restart();
        focus.says(200, "a call can be started");
    }

    /** The machine stops: nothing is refused, nothing is answered. */
    void freeze() {
        webSocket.freeze();
        health.freeze();
        focus.freeze();
    }

    /** It goes on. */
    void thaw() {
        webSocket.thaw();
        health.thaw();
        focus.thaw();
    }

    @Override
    public void close() throws IOException {
        webSocket.close();
        health.close();
        focus.close();
    }
}
