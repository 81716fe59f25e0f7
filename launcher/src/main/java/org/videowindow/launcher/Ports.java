package org.videowindow.launcher;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.launcher.Port.Transport;

/**
 * All ports of one installation: the defaults of the parts, each moved by the same offset, so that several
 * installations can run side by side.
 *
 * @param offset what is added to every default, from {@code VIDEO_WINDOW_PORT_OFFSET}; 0 to 50000
 * @param workers media workers of the bridge, each of which has a UDP port of its own
 */
record Ports(int offset, int workers) {
    private static final int MAXIMUM_OFFSET = 50_000;

    Ports {
        if (offset < 0 || offset > MAXIMUM_OFFSET) {
            throw new Refusal(
                    "VIDEO_WINDOW_PORT_OFFSET is " + offset + ": set it to a number from 0 to " + MAXIMUM_OFFSET + ".");
        }
    }

    int xmpp() {
        return 5222 + offset;
    }

    int webSocket() {
        return 7070 + offset;
    }

    int shardHealth() {
        return 7071 + offset;
    }

    int portal() {
        return 8080 + offset;
    }

    int portalManagement() {
        return 8081 + offset;
    }

    int focus() {
        return 8888 + offset;
    }

    int bridge() {
        return 8889 + offset;
    }

    int channel() {
        return 9090 + offset;
    }

    int media() {
        return 10_000 + offset;
    }

    /** What a part listens on. */
    List<Port> of(Part part) {
        return switch (part) {
            case SHARD_SERVER ->
                List.of(tcp("XMPP", xmpp()), tcp("XMPP over WebSocket", webSocket()), tcp("health", shardHealth()));
            case FOCUS -> List.of(tcp("health", focus()));
            case VIDEOBRIDGE -> {
                List<Port> ports = new ArrayList<>();
                ports.add(tcp("bridge channel", channel()));
                ports.add(tcp("control and health", bridge()));
                for (int worker = 0; worker < workers; worker++) {
                    ports.add(new Port("media", Transport.UDP, media() + worker));
                }
                yield List.copyOf(ports);
            }
            case PORTAL -> List.of(tcp("web", portal()), tcp("health", portalManagement()));
        };
    }

    private static Port tcp(String purpose, int number) {
        return new Port(purpose, Transport.TCP, number);
    }
}
