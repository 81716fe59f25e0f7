package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload, as docs/operations/haproxy.md tells it, is noticed by nobody. */
final class ReloadTest {
    private static final Duration SOON = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    @Test
    void aReloadEndsNoCallRefusesNobodyAndForgetsNothing() throws Exception {
        InetAddress address = Loopback.nextAddress();
        try (FakeShard shard1 = new FakeShard(1, "here", address);
                FakeShard shard2 = new FakeShard(2, "here", address);
                Upstream bridge = Upstream.named("bridge-1", address);
                Upstream portal = Upstream.named("portal-1", address);
                Upstream management = Upstream.healthAt("/actuator/health", address);
                Upstream turn = Upstream.named("coturn", address);
                Haproxy haproxy = Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next())
                        .shards(shard1, shard2)
                        .portal("portal-1", portal, management)
                        .bridge("bridge-1", bridge)
                        .with("turn_address", turn.address()));
                Client client = haproxy.client()) {
            haproxy.command("set server new_rooms/shard-1 state drain");
            try (Client.Socket first = client.open("/xmpp-websocket?room=kept");
                    Client.Socket second = client.open("/xmpp-websocket?room=kept");
                    Client.Socket channel = client.open("/colibri-ws/bridge-1/c/e?pwd=secret")) {
                assertThat(first.from()).isEqualTo("shard-2");
                Asker asker = new Asker(haproxy.setup().https());
                Thread asking = Thread.ofVirtual().start(asker);

                haproxy.reload();

                asker.stop = true;
                asking.join();
                System.out.println("measured: " + asker.answered + " requests on new connections during a reload, "
                        + asker.failed + " failed");
                assertThat(asker.failed).isZero();
                assertThat(asker.answered).isPositive();
                assertThat(first.echoes("still here")).isTrue();
                assertThat(second.echoes("still here")).isTrue();
                assertThat(channel.echoes("still here")).isTrue();
                assertThat(haproxy.command("show servers state new_rooms")).contains("shard-1");
                Await.until(
                        "the table is there", SOON, () -> haproxy.entry("kept").contains("=shard-2"));
                try (Client after = haproxy.client()) {
                    assertThat(after.shardOf("kept")).isEqualTo("shard-2");
                    for (int i = 0; i < 20; i++) {
                        assertThat(after.shardOf("new-" + i))
                                .as("shard-1 is still drained")
                                .isEqualTo("shard-2");
                    }
                }
            }
        }
    }

    /** Asks over and over, each time on a new connection. */
    private static final class Asker implements Runnable {
        private final String address;
        private volatile boolean stop;
        private volatile int answered;
        private volatile int failed;

        private Asker(String address) {
            this.address = address;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
        public void run() {
            while (!stop) {
                try {
                    String answer = RawTls.ask(address, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    if (answer.startsWith("HTTP/1.1 200 ")) {
                        answered++;
                    } else {
                        failed++;
                    }
                } catch (IOException e) {
                    failed++;
                }
            }
        }
    }
}
