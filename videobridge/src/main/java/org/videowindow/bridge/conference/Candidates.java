package org.videowindow.bridge.conference;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The addresses an endpoint is told. Pure. */
final class Candidates {
    /** Type preference of host candidates (RFC 8445 section 5.1.2.2). */
    private static final int HOST_PREFERENCE = 126;

    private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;

    private Candidates() {}

    /**
     * One host candidate per advertised address, the first one preferred.
     *
     * @param bound address of the worker's socket
     */
    static List<TransportCandidate> of(BridgeSettings settings, InetSocketAddress bound) {
        List<InetAddress> addresses = settings.advertisedAddresses().isEmpty()
                ? List.of(settings.bindAddress())
                : settings.advertisedAddresses();
        List<TransportCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            String foundation = Integer.toString(i + 1);
            candidates.add(new TransportCandidate(
                    "host-" + foundation + "-" + bound.getPort(),
                    "host",
                    addresses.get(i).getHostAddress(),
                    bound.getPort(),
                    priority(HIGHEST_LOCAL_PREFERENCE - i),
                    foundation));
        }
        return candidates;
    }

    /** RFC 8445 section 5.1.2.1, component 1. */
    private static long priority(int localPreference) {
        return ((long) HOST_PREFERENCE << 24) + ((long) localPreference << 8) + (256 - 1);
    }
}
