package org.videowindow.shard.openfire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Openfire is told at each start: which doors are open, and which of its features are off. */
final class ServerProperties {
    /** Characters of one stanza; PROTOCOL clients need 256 KiB, the focus 512 KiB. The plugin sets finer limits. */
    private static final int LARGEST_STANZA = 1_048_576;

    private ServerProperties() {}

    static Map<String, String> of(ShardConfiguration configuration, String storePassword) {
        Map<String, String> properties = new LinkedHashMap<>();
        // Doors
        properties.put("xmpp.socket.plain.port", Integer.toString(configuration.clientPort()));
        properties.put("xmpp.client.tls.policy", "required");
        properties.put("xmpp.client.compression.policy", "disabled");
        properties.put("httpbind.enabled", "true");
        properties.put("httpbind.port.plain", Integer.toString(configuration.webSocketPort()));
        properties.put("httpbind.port.secure", "-1");
        properties.put("xmpp.socket.ssl.active", "false");
        properties.put("xmpp.server.socket.active", "false");
        properties.put("xmpp.component.socket.active", "false");
        properties.put("xmpp.component.ssl.active", "false");
        properties.put("xmpp.multiplex.socket.active", "false");
        properties.put("xmpp.multiplex.ssl.active", "false");
        properties.put("xmpp.server.permission", "whitelist");
        for (String prefix : new String[] {"xmpp.socket.ssl.", "xmpp.socket.ssl.client."}) {
            properties.put(prefix + "keypass", storePassword);
            properties.put(prefix + "trustpass", storePassword);
        }
        // Who gets in: by password over TLS or by token, both PLAIN
        properties.put("sasl.mechs", "PLAIN");
        properties.put("xmpp.auth.anonymous", "false");
        properties.put("register.inband", "false");
        properties.put("register.password", "false");
        properties.put("xmpp.client.validate.host", "true");
        // Sizes and lifetimes
        properties.put("xmpp.parser.buffer.size", Integer.toString(LARGEST_STANZA));
        properties.put("httpbind.client.processing.threads", "32");
        properties.put("xmpp.client.processing.threads", "8");
        // What a shard does not need
        properties.put("xmpp.offline.type", "drop");
        properties.put("xmpp.pubsub.enabled", "false");
        properties.put("xmpp.pep.enabled", "false");
        properties.put("xmpp.proxy.enabled", "false");
        properties.put("mediaproxy.enabled", "false");
        properties.put("flash.crossdomain.enabled", "false");
        properties.put("update.service-enabled", "false");
        properties.put("xmpp.client.roster.active", "false");
        properties.put("xmpp.audit.active", "false");
        properties.put("stats.mock.viewer", "false");
        return properties;
    }
}
