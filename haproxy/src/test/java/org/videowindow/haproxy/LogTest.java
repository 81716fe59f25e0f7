package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log helps the operator and betrays nobody. */
final class LogTest {
    @TempDir
    private Path folder;

    @Test
    void addressesRoomsPasswordsAndOneTimeLinksAreNotInIt() throws IOException {
        InetAddress address = Loopback.nextAddress();
        try (FakeShard shard = new FakeShard(1, "here", address);
                Upstream bridge = Upstream.named("bridge-1", address);
                Upstream portal = Upstream.named("portal-1", address);
                Upstream management = Upstream.healthAt("/actuator/health", address);
                Haproxy haproxy = Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next())
                        .shards(shard)
                        .portal("portal-1", portal, management)
                        .bridge("bridge-1", bridge));
                Client client = haproxy.client()) {
            client.open("/xmpp-websocket?room=secretroom&token=secrettoken").close();
            client.open("/colibri-ws/bridge-1/secretconference/secretendpoint?pwd=secretpassword")
                    .close();
            client.get("/j/secretroom?name=secretname");
            client.get(
                    "/api/v1/password-resets/secretlink", "Authorization", "Bearer secretbearer", "Cookie", "a=secret");
            client.get("/http-bind?room=secret/room");
            client.get("/" + "long".repeat(200));
            Commands.run(
                    "curl",
                    "-sk",
                    "--interface",
                    "127.9.9.9",
                    "https://" + haproxy.setup().https() + "/seen");
            // Its threads write when they come to it, not in the order in which clients have their answers.
            for (String line : List.of(
                    "bridge_bridge-1/bridge-1",
                    "/shard-1",
                    "GET /xmpp-websocket HTTP/1.1 101",
                    "GET /colibri-ws HTTP/1.1 101",
                    "GET /j HTTP/2.0 200",
                    "GET /api/v1/password-resets HTTP/2.0 200",
                    "127.9.9.0 GET /seen")) {
                Await.until(
                        "the log has " + line,
                        Duration.ofSeconds(45),
                        () -> haproxy.log().contains(line));
            }
            assertThat(haproxy.log())
                    .doesNotContain("127.9.9.9")
                    .doesNotContain("secret")
                    .doesNotContain("127.0.0.1 ")
                    .doesNotContain("long".repeat(11));
        }
    }
}
