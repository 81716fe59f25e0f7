package org.videowindow.launcher;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.launcher.Port.Transport;

/**
 * All ports of one installation: the defaults of the parts, further instances 10 apart, each moved by the same offset,
 * so that several installations can run side by side.
 *
 * @param offset what is added to every default, from {@code VIDEO_WINDOW_PORT_OFFSET}; 0 to 50000
 * @param workers media workers of a bridge, each of which has a UDP port of its own
 */
record Ports(int offset, int workers) {
    private static final int MAXIMUM_OFFSET = 50_000;
    private static final int STEP = 10;
    private static final int MEDIA_STEP = 100;
    private static final int RELAYS = 200;

    Ports {
        if (offset < 0 || offset > MAXIMUM_OFFSET) {
            throw new Refusal(
                    "VIDEO_WINDOW_PORT_OFFSET is " + offset + ": set it to a number from 0 to " + MAXIMUM_OFFSET + ".");
        }
    }

    private int port(int first, int number) {
        return first + STEP * (number - 1) + offset;
    }

    int xmpp(int number) {
        return port(5222, number);
    }

    int webSocket(int number) {
        return port(7070, number);
    }

    int shardHealth(int number) {
        return port(7071, number);
    }

    int portal(int number) {
        return port(8080, number);
    }

    int portalManagement(int number) {
        return port(8081, number);
    }

    int focus(int number) {
        return port(8888, number);
    }

    int bridge(int number) {
        return port(8889, number);
    }

    int channel(int number) {
        return port(9090, number);
    }

    int media(int number) {
        return 10_000 + MEDIA_STEP * (number - 1) + offset;
    }

    int https(int number) {
        return port(8443, number);
    }

    int http(int number) {
        return port(8000, number);
    }

    int peer(int number) {
        return port(8444, number);
    }

    int turn() {
        return 3478 + offset;
    }

    int turnTls() {
        return 5349 + offset;
    }

    int firstRelay() {
        return 12_000 + offset;
    }

    int lastRelay() {
        return firstRelay() + RELAYS - 1;
    }

    int database() {
        return 5432 + offset;
    }

    /** What an instance listens on. coturn's relays are not in it: it opens them when they are asked for. */
    List<Port> of(Instance instance) {
        int number = instance.number();
        return switch (instance.part()) {
            case SHARD_SERVER ->
                List.of(
                        tcp("XMPP", xmpp(number)),
                        tcp("XMPP over WebSocket", webSocket(number)),
                        tcp("health", shardHealth(number)));
            case FOCUS -> List.of(tcp("health", focus(number)));
            case VIDEOBRIDGE -> {
                List<Port> ports = new ArrayList<>();
                ports.add(tcp("bridge channel", channel(number)));
                ports.add(tcp("control and health", bridge(number)));
                for (int worker = 0; worker < workers; worker++) {
                    ports.add(new Port("media", Transport.UDP, media(number) + worker));
                }
                yield List.copyOf(ports);
            }
            case PORTAL -> List.of(tcp("web", portal(number)), tcp("health", portalManagement(number)));
            case HAPROXY -> List.of(tcp("https", https(number)), tcp("http", http(number)), tcp("peers", peer(number)));
            case COTURN ->
                List.of(tcp("TURN", turn()), new Port("TURN", Transport.UDP, turn()), tcp("TURN over TLS", turnTls()));
            case POSTGRESQL -> List.of(tcp("database", database()));
        };
    }

    private static Port tcp(String purpose, int number) {
        return new Port(purpose, Transport.TCP, number);
    }
}
