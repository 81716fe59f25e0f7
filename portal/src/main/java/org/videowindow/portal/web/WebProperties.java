package org.videowindow.portal.web;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.web}.
 *
 * @param connectSources origins beside the portal's and the shards' that the page may connect to: the bridges'
 * @param corsOrigins origins of other web applications that may call the API from a browser
 */
public record WebProperties(
        @DefaultValue List<String> connectSources,
        @DefaultValue List<String> corsOrigins) {
    public WebProperties {
        connectSources = List.copyOf(connectSources);
        corsOrigins = List.copyOf(corsOrigins);
        for (String source : connectSources) {
            requireOrigin("portal.web.connect-sources", source, List.of("ws", "wss", "http", "https"));
        }
        for (String origin : corsOrigins) {
            requireOrigin("portal.web.cors-origins", origin, List.of("http", "https"));
        }
    }

    /** An origin ends up in a header: nothing but scheme, host and port may get through. */
    private static void requireOrigin(String key, String value, List<String> schemes) {
        if (!value.matches("[a-z]+://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?")
                || !schemes.contains(URI.create(value).getScheme())) {
            throw new IllegalArgumentException(key + " must list origins such as " + schemes.getLast()
                    + "://meet.example.org, but has '" + value + "'");
        }
    }
}
