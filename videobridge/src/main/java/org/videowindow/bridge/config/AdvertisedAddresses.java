package org.videowindow.bridge.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.videowindow.bridge.conference.AdvertisedAddress;

/** Reads {@code advertised-addresses}: what is refused here would be a call without a picture later. Stateless. */
final class AdvertisedAddresses {
    private static final String KEY = "advertised-addresses";
    private static final int MOST = 16;

    private AdvertisedAddresses() {}

    /**
     * Reads the addresses and pairs.
     *
     * @param bind what the media sockets are bound to
     */
    static List<AdvertisedAddress> read(Section section, InetAddress bind) throws ConfigurationException {
        List<String> texts = section.texts(KEY);
        if (texts.isEmpty() && bind.isAnyLocalAddress()) {
            throw section.refuse(KEY, "must name the addresses of this machine when bind-address is a wildcard");
        }
        if (texts.size() > MOST) {
            throw section.refuse(KEY, texts.size() + " addresses are more than " + MOST);
        }
        List<AdvertisedAddress> addresses = new ArrayList<>();
        Set<InetAddress> told = new HashSet<>();
        for (String text : texts) {
            AdvertisedAddress address = address(section, text, bind);
            if (!told.add(address.address())) {
                throw section.refuse(KEY, address.address().getHostAddress() + " occurs twice");
            }
            addresses.add(address);
        }
        return addresses;
    }

    private static AdvertisedAddress address(Section section, String text, InetAddress bind)
            throws ConfigurationException {
        int slash = text.indexOf('/');
        if (slash < 0) {
            InetAddress address = reachable(section, section.address(KEY, text));
            checkServed(section, address, bind);
            return AdvertisedAddress.of(address);
        }
        InetAddress address =
                reachable(section, section.address(KEY, text.substring(0, slash).strip()));
        InetAddress local = reachable(
                section, section.address(KEY, text.substring(slash + 1).strip()));
        if (isIpv4(address) != isIpv4(local)) {
            throw section.refuse(KEY, "\"" + text + "\" is a pair of IPv4 and IPv6");
        }
        if (address.equals(local)) {
            throw section.refuse(KEY, "\"" + text + "\" is a pair of the same address");
        }
        checkServed(section, local, bind);
        if (!bind.isAnyLocalAddress() && !bind.equals(local)) {
            throw section.refuse(
                    KEY, "what is sent to " + local.getHostAddress() + " does not arrive at " + bind.getHostAddress());
        }
        return new AdvertisedAddress(address, local);
    }

    private static InetAddress reachable(Section section, InetAddress address) throws ConfigurationException {
        boolean broadcast = isIpv4(address) && address.getAddress()[0] == -1;
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress() || broadcast) {
            throw section.refuse(KEY, address.getHostAddress() + " cannot be reached by clients");
        }
        return address;
    }

    /** Whether a socket with this bind address takes packets of the address's family. */
    private static void checkServed(Section section, InetAddress address, InetAddress bind)
            throws ConfigurationException {
        boolean everyFamily = bind.isAnyLocalAddress() && !isIpv4(bind);
        if (!everyFamily && isIpv4(address) != isIpv4(bind)) {
            throw section.refuse(
                    KEY,
                    address.getHostAddress() + " needs bind-address \"::\": " + bind.getHostAddress() + " takes only "
                            + (isIpv4(bind) ? "IPv4" : "IPv6"));
        }
    }

    private static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
