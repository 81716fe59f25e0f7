package org.videowindow.bridge.conference;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.videowindow.bridge.conference.TransportCandidate.Protocol;

/**
 * The addresses an endpoint is told. Pure.
 *
 * <p>Each advertised address is a host candidate; one behind a translation is a server-reflexive candidate next to the
 * host candidate of what is behind it, so that clients in the same network find the short way. Where there is a TCP
 * port, every address has its candidates for connections too, all of them below all for UDP.
 */
final class Candidates {
    /** Type preferences (RFC 8445 section 5.1.2.2); those of TCP are below those of UDP (RFC 6544 section 4.2). */
    private static final int HOST = 126;

    private static final int REFLEXIVE = 100;
    private static final int TCP_HOST = 90;
    private static final int TCP_REFLEXIVE = 80;

    private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;

    /** Local preferences of TCP have the direction in three bits (RFC 6544 section 4.2): passive. */
    private static final int PASSIVE_HOST = 4 << 13;

    private static final int PASSIVE_REFLEXIVE = 2 << 13;
    private static final int HIGHEST_OTHER_PREFERENCE = (1 << 13) - 1;

    private final List<TransportCandidate> candidates = new ArrayList<>();

    private Candidates() {}

    /**
     * The candidates, in the order of the configuration, the first one preferred.
     *
     * @param port of the worker's socket
     * @param tcpPort where connections are taken, or 0
     */
    static List<TransportCandidate> of(BridgeSettings settings, int port, int tcpPort) {
        List<AdvertisedAddress> advertised = settings.advertisedAddresses().isEmpty()
                ? List.of(AdvertisedAddress.of(settings.bindAddress()))
                : settings.advertisedAddresses();
        // Each local address once, where it stands first.
        Set<InetAddress> locals = new LinkedHashSet<>();
        advertised.forEach(one -> locals.add(one.local()));
        Candidates all = new Candidates();
        all.add(Protocol.UDP, port, advertised, List.copyOf(locals));
        if (tcpPort > 0) {
            all.add(Protocol.TCP, tcpPort, advertised, List.copyOf(locals));
            all.add(Protocol.SSLTCP, tcpPort, advertised, List.copyOf(locals));
        }
        return all.candidates;
    }

    private void add(Protocol protocol, int port, List<AdvertisedAddress> advertised, List<InetAddress> locals) {
        for (int i = 0; i < locals.size(); i++) {
            add(protocol, "host", locals.get(i), port, preference(protocol, true, i), null);
        }
        for (AdvertisedAddress one : advertised) {
            if (one.isMapped()) {
                int rank = locals.indexOf(one.local());
                add(protocol, "srflx", one.address(), port, preference(protocol, false, rank), text(one.local()));
            }
        }
    }

    private void add(Protocol protocol, String type, InetAddress address, int port, long preference, String related) {
        // Different addresses, types and protocols never share a foundation (RFC 8445 section 5.1.1.3).
        String foundation = Integer.toString(candidates.size() + 1);
        candidates.add(new TransportCandidate(
                type + "-" + foundation + "-" + port,
                protocol,
                type,
                text(address),
                port,
                preference,
                foundation,
                related));
    }

    /** RFC 8445 section 5.1.2.1, component 1. */
    private static long preference(Protocol protocol, boolean host, int rank) {
        int type;
        int local;
        if (protocol == Protocol.UDP) {
            type = host ? HOST : REFLEXIVE;
            local = HIGHEST_LOCAL_PREFERENCE - rank;
        } else {
            type = host ? TCP_HOST : TCP_REFLEXIVE;
            // The look of TLS costs one round trip more: it stands behind.
            int other = HIGHEST_OTHER_PREFERENCE - 2 * rank - (protocol == Protocol.SSLTCP ? 1 : 0);
            local = (host ? PASSIVE_HOST : PASSIVE_REFLEXIVE) + other;
        }
        return ((long) type << 24) + ((long) local << 8) + (256 - 1);
    }

    /** Without the zone, which means nothing to others. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
