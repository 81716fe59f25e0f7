package org.videowindow.bridge.io;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.videowindow.bridge.rtp.BigEndian;

/**
 * A transport address as numbers: 128 bits of IPv6 address and a port. An IPv4 address has its IPv4-mapped form
 * (RFC 4291 section 2.5.5.2), so that one table and one comparison serve both families. Scope ids are not carried:
 * link-local peers are out of scope for a server.
 *
 * <p>The packet path passes the three numbers; this record is their form for control code.
 *
 * @param high first eight bytes of the address
 * @param low last eight bytes
 * @param port 0 to 65535, or that with {@link #STREAM} added for the other end of a connection
 */
public record PeerAddress(long high, long low, int port) {
    /** Marks the port of a connection, so that it and the same port of datagrams are different peers. */
    public static final int STREAM = 1 << 16;

    /** The second half of an IPv4-mapped address has these bits above the 32 of the IPv4 address. */
    static final long MAPPED = 0x0000_FFFF_0000_0000L;

    /**
     * The numbers of a resolved socket address.
     *
     * @throws IllegalArgumentException when it is not resolved
     */
    public static PeerAddress of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("unresolved address");
        }
        byte[] bytes = ip.getAddress();
        if (bytes.length == 4) {
            return new PeerAddress(0, MAPPED | BigEndian.u32(bytes, 0), address.getPort());
        }
        return new PeerAddress(BigEndian.i64(bytes, 0), BigEndian.i64(bytes, 8), address.getPort());
    }

    /** Whether these eight-byte halves are an IPv4 address in mapped form. */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED;
    }

    /** Whether this port is the other end of a connection and not one of datagrams. */
    public static boolean isStream(int port) {
        return port >= STREAM;
    }

    /** As a socket address; an {@link Inet4Address} when it is IPv4. */
    public InetSocketAddress toSocketAddress() {
        try {
            byte[] bytes;
            if (isIpv4(high, low)) {
                bytes = new byte[4];
                BigEndian.putI32(bytes, 0, (int) low);
            } else {
                bytes = new byte[16];
                BigEndian.putI64(bytes, 0, high);
                BigEndian.putI64(bytes, 8, low);
            }
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port & (STREAM - 1));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
