package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the configuration file of each part at every start: only what one machine on loopback needs beyond the parts'
 * own defaults. The annotated reference configuration of each part says what else there is.
 */
final class Configuration {
    private static final String DOMAIN = "meet.video-window.local";

    private final Installation installation;
    private final Ports ports;

    Configuration(Installation installation) {
        this.installation = installation;
        this.ports = installation.ports();
    }

    void write() throws IOException {
        for (Part part : Part.values()) {
            Path file = installation.configuration(part);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(part));
        }
    }

    private String text(Part part) {
        return switch (part) {
            case SHARD_SERVER -> shardServer();
            case PORTAL -> portal();
            case VIDEOBRIDGE -> videobridge();
            case FOCUS -> focus();
        };
    }

    private String shardServer() {
        return """
                xmpp.domain = "%s"
                openfire {
                  home = "%s"
                  client-port = %d
                  websocket-port = %d
                  certificate-file = "%s"
                }
                services {
                  focus.password-file = "%s"
                  bridge.password-file = "%s"
                }
                token.jwks-url = "http://127.0.0.1:%d/.well-known/jwks.json"
                http.port = %d
                """.formatted(
                        DOMAIN,
                        installation.data(Part.SHARD_SERVER),
                        ports.xmpp(),
                        ports.webSocket(),
                        installation.certificate(),
                        installation.secrets().resolve(Secrets.FOCUS_PASSWORD),
                        installation.secrets().resolve(Secrets.BRIDGE_PASSWORD),
                        ports.portal(),
                        ports.shardHealth());
    }

    private String portal() {
        return """
                server.port: %d
                management.server.port: %d
                portal:
                  public-url: %s
                  data-directory: %s
                  web.connect-sources: [ "ws://127.0.0.1:%d" ]
                  shards:
                    - id: shard-1
                      web-socket-url: ws://127.0.0.1:%d/ws/
                      domain: %s
                      focus-health-url: http://127.0.0.1:%d/about/health
                """.formatted(
                        ports.portal(),
                        ports.portalManagement(),
                        installation.address(),
                        installation.data(Part.PORTAL),
                        ports.channel(),
                        ports.webSocket(),
                        DOMAIN,
                        ports.focus());
    }

    private String videobridge() {
        return """
                videobridge {
                  id = "bridge-1"
                  xmpp.shards = [{
                    host = "127.0.0.1"
                    port = %d
                    domain = "%s"
                    username = "bridge"
                    password-file = "%s"
                    certificate-file = "%s"
                    brewery = "brewery@conference.%s"
                    focus-jid = "focus@%s"
                  }]
                  media {
                    port = %d
                    workers = %d
                  }
                  channel {
                    port = %d
                    public-url = "ws://127.0.0.1:%d"
                  }
                  http.port = %d
                }
                """.formatted(
                        ports.xmpp(),
                        DOMAIN,
                        installation.secrets().resolve(Secrets.BRIDGE_PASSWORD),
                        installation.certificate(),
                        DOMAIN,
                        DOMAIN,
                        ports.media(),
                        ports.workers(),
                        ports.channel(),
                        ports.channel(),
                        ports.bridge());
    }

    private String focus() {
        return """
                xmpp {
                  host = "127.0.0.1"
                  port = %d
                  domain = "%s"
                  password-file = "%s"
                  certificate-file = "%s"
                }
                http.port = %d
                """.formatted(
                        ports.xmpp(),
                        DOMAIN,
                        installation.secrets().resolve(Secrets.FOCUS_PASSWORD),
                        installation.certificate(),
                        ports.focus());
    }
}
