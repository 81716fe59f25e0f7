package org.videowindow.portal.audit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client's address, shortened to a network that tells where a sign-in came from and not who sat there: the first 24
 * bits of an IPv4 address, the first 48 of an IPv6 address.
 */
final class ClientNetwork {
    private ClientNetwork() {}

    /** The network in CIDR form; null for what is no address. */
    static @Nullable String of(@Nullable String address) {
        if (address == null) {
            return null;
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            byte[] bytes = parsed.getAddress();
            int kept = parsed instanceof Inet6Address ? 6 : 3;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            return text + "/" + 8 * kept;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return null;
        }
    }
}
