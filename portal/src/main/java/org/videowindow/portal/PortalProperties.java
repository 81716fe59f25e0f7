package org.videowindow.portal;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.videowindow.portal.account.EmailAddress;
import org.videowindow.portal.account.PasswordProperties;
import org.videowindow.portal.audit.AuditProperties;
import org.videowindow.portal.limit.LimitProperties;
import org.videowindow.portal.mail.MailProperties;
import org.videowindow.portal.oidc.OidcProperties;
import org.videowindow.portal.session.SessionProperties;
import org.videowindow.portal.shard.ConferenceProperties;
import org.videowindow.portal.shard.ShardProperties;
import org.videowindow.portal.token.TokenProperties;
import org.videowindow.portal.turn.TurnProperties;
import org.videowindow.portal.web.WebProperties;

/**
 * Everything below {@code portal.} in the configuration; application.yaml explains each key. A key that is not here, or
 * a value that cannot be, stops the start.
 *
 * @param publicUrl where people reach the portal; links to meetings begin with it, and https makes the cookies Secure
 * @param dataDirectory where the default database lies
 * @param signUp whether people may make accounts themselves
 * @param administrators e-mail addresses of accounts that are administrators in any case
 */
@ConfigurationProperties(prefix = "portal", ignoreUnknownFields = false)
public record PortalProperties(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue("./data") Path dataDirectory,
        @DefaultValue WebProperties web,
        @DefaultValue SessionProperties session,
        @DefaultValue("true") boolean signUp,
        @DefaultValue List<String> administrators,
        @DefaultValue PasswordProperties password,
        @DefaultValue MailProperties mail,
        @DefaultValue OidcProperties oidc,
        @DefaultValue AuditProperties audit,
        @DefaultValue LimitProperties limits,
        @DefaultValue TokenProperties token,
        @DefaultValue TurnProperties turn,
        @DefaultValue ConferenceProperties conference,
        @DefaultValue List<ShardProperties> shards) {

    public PortalProperties {
        if (publicUrl.getHost() == null
                || !("http".equals(publicUrl.getScheme()) || "https".equals(publicUrl.getScheme()))) {
            throw new IllegalArgumentException(
                    "portal.public-url must be an http or https address such as https://meet.example.org");
        }
        if (publicUrl.getRawQuery() != null
                || publicUrl.getRawFragment() != null
                || !(publicUrl.getRawPath().isEmpty() || publicUrl.getRawPath().equals("/"))) {
            throw new IllegalArgumentException("portal.public-url must have no path: the portal answers at the root");
        }
        administrators = administrators.stream()
                .map(address -> EmailAddress.parse(address)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "portal.administrators must list e-mail addresses, but has '" + address + "'")))
                .toList();
        shards = List.copyOf(shards);
        Set<String> ids = new HashSet<>();
        for (ShardProperties shard : shards) {
            if (!ids.add(shard.id())) {
                throw new IllegalArgumentException("portal.shards names the id '" + shard.id() + "' twice");
            }
        }
    }

    /** The public address without a slash at its end. */
    public String publicOrigin() {
        String url = publicUrl.toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Whether people come by https, be it ended here or by a proxy in front. */
    public boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }
}
