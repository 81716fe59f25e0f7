package org.videowindow.portal.connection;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.shard.Shard;
import org.videowindow.portal.shard.Shards;
import org.videowindow.portal.turn.IceServer;
import org.videowindow.portal.turn.IceServers;

/** What the page "Test my connection" tries out. Anybody may, so the TURN credential is good for the test only. */
@RestController
@Tag(name = "Joining")
final class ConnectionTestController {
    private static final Duration CREDENTIAL_LIFE = Duration.ofMinutes(5);

    private final Shards shards;
    private final IceServers iceServers;
    private final RateLimits limits;

    ConnectionTestController(Shards shards, IceServers iceServers, RateLimits limits) {
        this.shards = shards;
        this.iceServers = iceServers;
        this.limits = limits;
    }

    /**
     * The addresses that a call would use.
     *
     * @param webSocketUrl XMPP WebSocket of a shard, or of the proxy in front of all
     * @param domain XMPP domain: a stream for any other is closed at once
     * @param iceServers STUN and TURN servers
     */
    record ConnectionTest(String webSocketUrl, String domain, List<IceServer> iceServers) {}

    @GetMapping("/api/v1/connection-test")
    @Operation(
            summary = "What a test of one's own connection needs",
            description = "The addresses that a call would use. The TURN credential works for five minutes.")
    ResponseEntity<ConnectionTest> connectionTest(HttpServletRequest request) {
        limits.beforeConnectionTest(request.getRemoteAddr());
        Shard shard = shards.any();
        ConnectionTest test = new ConnectionTest(
                shard.webSocketUrl(),
                shard.domain(),
                iceServers.forClient("test-" + UUID.randomUUID(), CREDENTIAL_LIFE));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(test);
    }
}
