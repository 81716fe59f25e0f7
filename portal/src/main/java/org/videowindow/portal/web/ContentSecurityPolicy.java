package org.videowindow.portal.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.shard.ShardProperties;

/**
 * What a page of the portal may load and talk to (W3C Content Security Policy 3): its own files, its own API, the
 * shards' WebSockets and the configured further origins. No inline script, nothing from third parties, no framing.
 */
final class ContentSecurityPolicy {
    private ContentSecurityPolicy() {}

    /** The policy of the application's own pages. */
    static String of(PortalProperties properties) {
        Set<String> connect = new LinkedHashSet<>();
        connect.add("'self'");
        properties.shards().stream().map(ShardProperties::webSocketOrigin).forEach(connect::add);
        if (properties.conference().oneAddress()) {
            connect.add(properties.conference().webSocketOrigin());
        }
        connect.addAll(properties.web().connectSources());
        return policy("'self'", connect);
    }

    /** The policy of the API's documentation: its viewer sets style attributes and has its images in its style sheet. */
    static String ofDocumentation() {
        return policy("'self' 'unsafe-inline'", Set.of("'self'"));
    }

    private static String policy(String styles, Set<String> connect) {
        List<String> directives = new ArrayList<>();
        directives.add("default-src 'self'");
        directives.add("script-src 'self'");
        directives.add("style-src " + styles);
        directives.add("img-src 'self' data: blob:");
        directives.add("media-src 'self' blob:");
        directives.add("worker-src 'self' blob:");
        directives.add("connect-src " + String.join(" ", connect));
        directives.add("object-src 'none'");
        directives.add("base-uri 'none'");
        directives.add("form-action 'self'");
        directives.add("frame-ancestors 'none'");
        return String.join("; ", directives);
    }
}
