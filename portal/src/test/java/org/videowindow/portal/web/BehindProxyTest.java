package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.videowindow.portal.PortalContexts;
import org.videowindow.portal.Visitor.Answer;
import org.videowindow.portal.database.TestDatabase;

/** Whom the portal believes about the client's address, and what it tells browsers that come by https. */
class BehindProxyTest {
    private static final String PATH = "/api/v1/connection-test";

    @TempDir
    private Path directory;

    @Test
    void theProxyTellsTheClientsAddressAndWhatTheClientPutBeforeItDoesNotCount() {
        try (ConfigurableApplicationContext portal = start("127\\.0\\.0\\.1")) {
            for (int i = 0; i < 3; i++) {
                assertThat(from(portal, "192.0.2.1").status()).isEqualTo(200);
            }
            assertThat(from(portal, "192.0.2.1").status()).isEqualTo(429);
            assertThat(from(portal, "192.0.2.2").status()).isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                assertThat(from(portal, "203.0.113." + i + ", 192.0.2.1").status())
                        .isEqualTo(429);
            }
        }
    }

    @Test
    void whoIsNoProxyOfOursCannotMakeUpAddresses() {
        try (ConfigurableApplicationContext portal = start("10\\.9\\.8\\.7")) {
            for (int i = 0; i < 3; i++) {
                assertThat(from(portal, "192.0.2." + i).status()).isEqualTo(200);
            }
            assertThat(from(portal, "192.0.2.99").status()).isEqualTo(429);
            assertThat(from(portal, "127.0.0.1").status()).isEqualTo(429);
        }
    }

    @Test
    void browsersThatComeByHttpsAreToldToStayWithIt() {
        try (ConfigurableApplicationContext portal = start("127\\.0\\.0\\.1")) {
            for (String path : new String[] {"/", "/api/v1/session", "/api/docs/openapi.json"}) {
                assertThat(PortalContexts.visitor(portal).get(path).header("Strict-Transport-Security"))
                        .isEqualTo("max-age=31536000");
            }
        }
    }

    private ConfigurableApplicationContext start(String proxies) {
        return PortalContexts.start(
                directory,
                TestDatabase.newUrl(),
                "--portal.public-url=https://meet.example.org",
                "--server.forward-headers-strategy=native",
                "--server.tomcat.remoteip.internal-proxies=" + proxies,
                "--portal.limits.connection-tests-per-address=3",
                "--portal.shards[0].id=shard-a",
                "--portal.shards[0].web-socket-url=wss://shard-a.example.org/ws/",
                "--portal.shards[0].domain=shard-a.example.org");
    }

    private static Answer from(ConfigurableApplicationContext portal, String forwardedFor) {
        return PortalContexts.visitor(portal).get(PATH, "X-Forwarded-For", forwardedFor);
    }
}
