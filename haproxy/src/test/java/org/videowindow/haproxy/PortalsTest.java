package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several portals, and none. */
final class PortalsTest {
    private static final Duration SOON = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    @Test
    void portalsShareTheWorkAndTheHealthyTakeItOver() throws IOException {
        InetAddress address = Loopback.nextAddress();
        try (Upstream pages1 = Upstream.named("portal-1", address);
                Upstream pages2 = Upstream.named("portal-2", address);
                Upstream health1 = Upstream.healthAt("/actuator/health", address);
                Upstream health2 = Upstream.healthAt("/actuator/health", address);
                Haproxy haproxy = Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next())
                        .portal("portal-1", pages1, health1)
                        .portal("portal-2", pages2, health2));
                Client client = haproxy.client()) {
            assertThat(askedPortals(client)).containsExactlyInAnyOrder("portal-1", "portal-2");

            health1.says(503, "no database");
            Await.until("only portal-2", SOON, () -> askedPortals(client).equals(Set.of("portal-2")));

            // Nobody is healthy: those who at least answer say themselves what is wrong.
            health2.says(503, "no database");
            Await.until("both again", SOON, () -> askedPortals(client).equals(Set.of("portal-1", "portal-2")));

            health2.says(200, "well");
            Await.until("only portal-2", SOON, () -> askedPortals(client).equals(Set.of("portal-2")));

            pages2.kill();
            health2.kill();
            Duration took =
                    Await.until("the other", SOON, () -> askedPortals(client).equals(Set.of("portal-1")));
            System.out.println("measured: the other portal answers all after " + took.toMillis() + " ms");

            pages1.kill();
            health1.kill();
            for (int i = 0; i < 2; i++) {
                // At once, and when the checks have seen it.
                saysPlainlyThatNoPortalRuns(client);
                Await.until(
                        "all down",
                        SOON,
                        () -> !haproxy.isUp("answering_portals", "portal-1")
                                && !haproxy.isUp("answering_portals", "portal-2"));
            }
        }
    }

    @Test
    void itsOwnHealthSaysWhetherSomebodyCouldMeetThroughItNow() throws IOException {
        InetAddress address = Loopback.nextAddress();
        try (Upstream pages = Upstream.named("portal-1", address);
                Upstream health = Upstream.healthAt("/actuator/health", address);
                FakeShard shard = new FakeShard(1, "here", address);
                Haproxy haproxy = Haproxy.start(new Setup(folder, "haproxy-1", Loopback.next())
                        .portal("portal-1", pages, health)
                        .shards(shard))) {
            Await.until("well", SOON, () -> haproxy.health().contains(" 200 "));

            health.says(503, "no database");
            Await.until("no portal", SOON, () -> haproxy.health().contains("finds no healthy portal"));
            assertThat(haproxy.health()).contains(" 503 ");

            health.says(200, "well");
            Await.until("well", SOON, () -> haproxy.health().contains(" 200 "));

            shard.focus().says(503, "no bridge");
            Await.until("no shard", SOON, () -> haproxy.health().contains("finds no shard that could start a call"));
        }
    }

    private static void saysPlainlyThatNoPortalRuns(Client client) throws IOException {
        Client.Answer page = client.get("/j/abc-defg-hij");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("The portal is not running").contains("Calls that are running go on");
        assertThat(page.response().headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));

        Client.Answer api = client.get("/api/v1/session");
        assertThat(api.status()).isEqualTo(503);
        assertThat(api.body()).startsWith("{").contains("\"code\":\"portal-not-running\"");
        assertThat(api.response().headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(api.response().headers().firstValue("retry-after")).contains("30");
    }

    private static Set<String> askedPortals(Client client) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            try {
                names.add(client.get(i % 2 == 0 ? "/" : "/api/v1/session").from());
                names.add(client.get(i % 2 == 0 ? "/" : "/api/v1/session").from());
            } catch (IOException e) {
                names.add(e.toString());
            }
        }
        return names;
    }
}
