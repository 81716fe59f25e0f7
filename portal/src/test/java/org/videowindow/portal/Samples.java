package org.videowindow.portal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.videowindow.portal.account.PasswordProperties;
import org.videowindow.portal.audit.AuditProperties;
import org.videowindow.portal.limit.LimitProperties;
import org.videowindow.portal.mail.MailProperties;
import org.videowindow.portal.mail.MailTls;
import org.videowindow.portal.oidc.OidcProperties;
import org.videowindow.portal.session.SessionProperties;
import org.videowindow.portal.shard.ConferenceProperties;
import org.videowindow.portal.shard.ShardProperties;
import org.videowindow.portal.token.TokenProperties;
import org.videowindow.portal.turn.TurnProperties;
import org.videowindow.portal.web.WebProperties;

/** Configurations for tests of single classes. */
public final class Samples {
    private Samples() {}

    public static PortalProperties properties(PasswordProperties password) {
        return properties("http://localhost:8080", password, "", List.of());
    }

    public static PortalProperties properties(String publicUrl, ShardProperties... shards) {
        return properties(publicUrl, new PasswordProperties(10, 7168, 1, 2), "", List.of(shards));
    }

    /** Behind a proxy that chooses the shard. */
    public static PortalProperties behindProxy(String webSocketUrl, ShardProperties... shards) {
        return properties(
                "https://meet.example.org", new PasswordProperties(10, 7168, 1, 2), webSocketUrl, List.of(shards));
    }

    public static ShardProperties shard(String id, String healthUrl) {
        return new ShardProperties(
                id,
                "eu",
                URI.create("wss://" + id + ".example.org/ws/"),
                id + ".example.org",
                URI.create(healthUrl),
                null);
    }

    private static PortalProperties properties(
            String publicUrl, PasswordProperties password, String webSocketUrl, List<ShardProperties> shards) {
        return new PortalProperties(
                URI.create(publicUrl),
                Path.of("data"),
                new WebProperties(List.of(), List.of()),
                new SessionProperties(Duration.ofMinutes(15), Duration.ofDays(30)),
                true,
                List.of(),
                password,
                new MailProperties("", 587, "", null, "", MailTls.STARTTLS, null),
                new OidcProperties(List.of()),
                new AuditProperties(Duration.ofDays(180)),
                new LimitProperties(Duration.ofMinutes(10), 10, 100, 60, 600, 100, 5, 30, 60, 200, 50, 16384),
                new TokenProperties("video-window", "video-window", Duration.ofMinutes(10), Duration.ofDays(30), false),
                new TurnProperties(List.of(), null, Duration.ofHours(12)),
                new ConferenceProperties(webSocketUrl),
                shards);
    }
}
