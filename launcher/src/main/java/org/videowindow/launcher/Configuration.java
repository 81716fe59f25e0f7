package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Writes the configuration file of each instance at every {@code up}: only what this set-up needs beyond the parts' own
 * defaults. The annotated reference configuration of each part says what else there is.
 */
final class Configuration {
    private final Installation installation;
    private final SetUp setUp;
    private final Ports ports;

    Configuration(Installation installation) {
        this.installation = installation;
        this.setUp = installation.setUp();
        this.ports = installation.ports();
    }

    void write() throws IOException {
        for (Instance instance : setUp.instances()) {
            Path file = installation.configuration(instance);
            Files.createDirectories(file.getParent());
            switch (instance.part()) {
                case SHARD_SERVER -> Files.writeString(file, shardServer(instance));
                case PORTAL -> Files.writeString(file, portal(instance));
                case VIDEOBRIDGE -> Files.writeString(file, videobridge(instance));
                case FOCUS -> Files.writeString(file, focus(instance));
                case HAPROXY -> new Rendered(installation).haproxy(instance, file);
                case COTURN -> new Rendered(installation).coturn(instance, file);
                case POSTGRESQL -> {
                    // Its command line says it all.
                }
            }
        }
    }

    private String shardServer(Instance shard) {
        int number = shard.number();
        String text = """
                xmpp.domain = "%s"
                shard {
                  name = "%s"
                  region = "%s"
                }
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
                        Installation.DOMAIN,
                        shard.name(),
                        setUp.region(number),
                        installation.data(shard),
                        ports.xmpp(number),
                        ports.webSocket(number),
                        installation.certificate(number),
                        installation.secret(Secrets.FOCUS_PASSWORD),
                        installation.secret(Secrets.BRIDGE_PASSWORD),
                        ports.portal((number - 1) % setUp.portals() + 1),
                        ports.shardHealth(number));
        return setUp.coturn() ? text + shardTurn() : text;
    }

    private String shardTurn() {
        return """
                turn {
                  secret-file = "%s"
                  services = [
                    { type = turn, host = "%s", port = %d, transport = udp }
                    { type = turn, host = "%s", port = %d, transport = tcp }
                    { type = turns, host = "%s", port = %d, transport = tcp }
                  ]
                }
                """.formatted(
                        installation.secret(Secrets.TURN_SECRET),
                        setUp.listen(),
                        ports.turn(),
                        setUp.listen(),
                        ports.turn(),
                        turnTlsHost(),
                        turnTlsPort());
    }

    /** TURN over TLS hides on HAProxy's port behind a name of its own; where there are no names it has its own port. */
    private boolean isTurnBehindHaproxy() {
        return setUp.haproxy() && setUp.onLoopback();
    }

    private String turnTlsHost() {
        return isTurnBehindHaproxy() ? Rendered.turnName(installation) : setUp.listen();
    }

    private int turnTlsPort() {
        return isTurnBehindHaproxy() ? ports.https(1) : ports.turnTls();
    }

    private String portal(Instance portal) {
        int number = portal.number();
        StringBuilder text = new StringBuilder("""
                server.port: %d
                management.server.port: %d
                portal:
                  public-url: %s
                  data-directory: %s
                  web.connect-sources: [ %s ]
                """.formatted(
                        ports.portal(number),
                        ports.portalManagement(number),
                        installation.address(),
                        installation.data(portal),
                        connectSources()));
        if (setUp.haproxy()) {
            text.append("  conference.web-socket-url: %s/xmpp-websocket\n".formatted(publicWebSocket(1)));
        }
        if (setUp.coturn()) {
            text.append("""
                      turn:
                        urls:
                          - turn:%s:%d?transport=udp
                          - turn:%s:%d?transport=tcp
                          - turns:%s:%d?transport=tcp
                        secret-file: %s
                    """.formatted(
                            setUp.listen(),
                            ports.turn(),
                            setUp.listen(),
                            ports.turn(),
                            turnTlsHost(),
                            turnTlsPort(),
                            installation.secret(Secrets.TURN_SECRET)));
        }
        text.append("  shards:\n");
        for (Instance shard : setUp.of(Part.SHARD_SERVER)) {
            text.append("""
                        - id: %s
                          region: %s
                          web-socket-url: ws://127.0.0.1:%d/ws/
                          domain: %s
                          focus-url: http://127.0.0.1:%d
                          focus-health-url: http://127.0.0.1:%d/about/health
                    """.formatted(
                            shard.name(),
                            setUp.region(shard.number()),
                            ports.webSocket(shard.number()),
                            Installation.DOMAIN,
                            ports.focus(shard.number()),
                            ports.focus(shard.number())));
        }
        if (setUp.haproxy()) {
            text.append("server.forward-headers-strategy: native\n");
        }
        if (setUp.postgresql()) {
            text.append("""
                    spring.datasource.url: jdbc:postgresql://127.0.0.1:%d/%s
                    spring.datasource.username: %s
                    """.formatted(ports.database(), Database.NAME, Database.NAME));
        }
        return text.toString();
    }

    /** What a HAProxy is to a page that opens WebSockets. */
    private String publicWebSocket(int proxy) {
        return "wss://" + installation.publicHost() + ":" + ports.https(proxy);
    }

    private String connectSources() {
        return (setUp.haproxy()
                        ? setUp.of(Part.HAPROXY).stream().map(proxy -> publicWebSocket(proxy.number()))
                        : setUp.of(Part.VIDEOBRIDGE).stream()
                                .map(bridge -> "ws://127.0.0.1:" + ports.channel(bridge.number())))
                .map(source -> '"' + source + '"')
                .collect(Collectors.joining(", "));
    }

    private String videobridge(Instance bridge) {
        int number = bridge.number();
        String shards =
                setUp.of(Part.SHARD_SERVER).stream().map(this::shardOfBridge).collect(Collectors.joining("\n"));
        return """
                videobridge {
                  id = "%s"
                  region = "%s"
                  xmpp.shards = [
                %s
                  ]
                  media {
                    bind-address = "%s"
                    advertised-addresses = ["%s"]
                    port = %d
                    workers = %d
                  }
                  channel {
                    port = %d
                    public-url = "%s"
                  }
                  http.port = %d
                }
                """.formatted(
                        bridge.name(),
                        setUp.region(number),
                        shards,
                        setUp.listen(),
                        setUp.listen(),
                        ports.media(number),
                        ports.workers(),
                        ports.channel(number),
                        setUp.haproxy() ? publicWebSocket(1) : "ws://127.0.0.1:" + ports.channel(number),
                        ports.bridge(number));
    }

    private String shardOfBridge(Instance shard) {
        return """
                    {
                      host = "127.0.0.1"
                      port = %d
                      domain = "%s"
                      username = "bridge"
                      password-file = "%s"
                      certificate-file = "%s"
                      brewery = "brewery@conference.%s"
                      focus-jid = "focus@%s"
                    }""".formatted(
                        ports.xmpp(shard.number()),
                        Installation.DOMAIN,
                        installation.secret(Secrets.BRIDGE_PASSWORD),
                        installation.certificate(shard.number()),
                        Installation.DOMAIN,
                        Installation.DOMAIN);
    }

    private String focus(Instance focus) {
        int number = focus.number();
        return """
                xmpp {
                  host = "127.0.0.1"
                  port = %d
                  domain = "%s"
                  password-file = "%s"
                  certificate-file = "%s"
                }
                bridge.local-region = "%s"
                http.port = %d
                """.formatted(
                        ports.xmpp(number),
                        Installation.DOMAIN,
                        installation.secret(Secrets.FOCUS_PASSWORD),
                        installation.certificate(number),
                        setUp.region(number),
                        ports.focus(number));
    }
}
