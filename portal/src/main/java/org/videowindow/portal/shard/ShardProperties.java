package org.videowindow.portal.shard;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code portal.shards}.
 *
 * @param id name of the shard, stable over restarts: rooms remember it
 * @param region where the shard stands
 * @param webSocketUrl address of its XMPP WebSocket (RFC 7395) as browsers reach it
 * @param domain its XMPP domain
 * @param focusHealthUrl private address that answers 200 while a call could be started there; without it the shard
 *     counts as healthy always
 * @param focusUrl private address of the focus, from which administrators see what runs there; without it they see
 *     only the health
 */
public record ShardProperties(
        String id,
        @DefaultValue("default") String region,
        URI webSocketUrl,
        String domain,
        @Nullable URI focusHealthUrl,
        @Nullable URI focusUrl) {
    @SuppressWarnings("ConstantValue") // A key that is missing in the file arrives as null.
    public ShardProperties {
        if (id == null || !id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "portal.shards[].id must have 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (webSocketUrl == null
                || webSocketUrl.getHost() == null
                || !("ws".equals(webSocketUrl.getScheme()) || "wss".equals(webSocketUrl.getScheme()))) {
            throw new IllegalArgumentException("portal.shards[].web-socket-url of shard '" + id
                    + "' must be a ws or wss address such as wss://meet.example.org/xmpp-websocket");
        }
        if (domain == null || !domain.matches("[a-z0-9.-]{1,253}")) {
            throw new IllegalArgumentException("portal.shards[].domain of shard '" + id
                    + "' must be an XMPP domain in lower case such as meet.example.org");
        }
        requireHttp("focus-health-url", id, focusHealthUrl);
        requireHttp("focus-url", id, focusUrl);
    }

    private static void requireHttp(String key, String id, @Nullable URI url) {
        if (url != null
                && (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme())))) {
            throw new IllegalArgumentException(
                    "portal.shards[]." + key + " of shard '" + id + "' must be an http or https address");
        }
    }

    /** Scheme, host and port of the WebSocket: what a page's content security policy has to allow. */
    public String webSocketOrigin() {
        return webSocketUrl.getScheme() + "://" + webSocketUrl.getRawAuthority();
    }
}
