package org.videowindow.bridge.tcp;

import java.util.HashMap;
import java.util.Map;
import org.videowindow.bridge.io.PeerAddress;

/**
 * How many connections each address has: one IPv4 address, or one IPv6 network of 64 bits, which is what one customer
 * has. No larger than the number of connections. Owned by the thread of the connections.
 */
final class AddressQuota {
    private final int most;
    private final Map<PeerAddress, Integer> counts = new HashMap<>();

    AddressQuota(int most) {
        this.most = most;
    }

    /** Takes one more; false, and nothing taken, when the address has as many as it may. */
    boolean take(PeerAddress peer) {
        PeerAddress network = network(peer);
        int count = counts.getOrDefault(network, 0);
        if (count >= most) {
            return false;
        }
        counts.put(network, count + 1);
        return true;
    }

    /** Gives one back. */
    void give(PeerAddress peer) {
        counts.computeIfPresent(network(peer), (key, count) -> count == 1 ? null : count - 1);
    }

    int networks() {
        return counts.size();
    }

    private static PeerAddress network(PeerAddress peer) {
        return PeerAddress.isIpv4(peer.high(), peer.low())
                ? new PeerAddress(peer.high(), peer.low(), 0)
                : new PeerAddress(peer.high(), 0, 0);
    }
}
