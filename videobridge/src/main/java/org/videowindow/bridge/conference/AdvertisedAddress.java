package org.videowindow.bridge.conference;

import java.net.InetAddress;

/**
 * An address that endpoints are told, and what of this machine is behind it.
 *
 * @param address where endpoints send to
 * @param local address of this machine to which a network address translation in between passes everything on, with
 *     the same ports; equal to {@code address} where there is none, or where it is not told
 */
public record AdvertisedAddress(InetAddress address, InetAddress local) {
    /** An address that needs no translation, or one whose translation nobody has to know. */
    public static AdvertisedAddress of(InetAddress address) {
        return new AdvertisedAddress(address, address);
    }

    /** Whether endpoints may be told both sides of a translation. */
    public boolean isMapped() {
        return !address.equals(local);
    }
}
