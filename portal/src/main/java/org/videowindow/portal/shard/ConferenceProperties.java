package org.videowindow.portal.shard;

import java.net.URI;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.conference}.
 *
 * @param webSocketUrl the one address where browsers reach the XMPP WebSocket of whichever shard; empty when each shard
 *     has its own
 */
public record ConferenceProperties(@DefaultValue("") String webSocketUrl) {
    public ConferenceProperties {
        if (!webSocketUrl.isEmpty() && !isWebSocket(webSocketUrl)) {
            throw new IllegalArgumentException("portal.conference.web-socket-url must be a ws or wss address such as "
                    + "wss://meet.example.org/xmpp-websocket, or empty");
        }
    }

    /** Whether one address stands for all shards. */
    public boolean oneAddress() {
        return !webSocketUrl.isEmpty();
    }

    /** Scheme, host and port of the address: what a page's content security policy has to allow. */
    public String webSocketOrigin() {
        URI url = URI.create(webSocketUrl);
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private static boolean isWebSocket(String text) {
        try {
            URI url = URI.create(text);
            return url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
