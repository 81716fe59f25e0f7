package org.videowindow.bridge.capture;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * The file format of libpcap with nanoseconds and raw IP packets (draft-ietf-opsawg-pcap, link type 101). The bridge
 * has no IP headers: they are made from the addresses, so that analysers find UDP and in it RTP.
 */
final class PcapFormat {
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final int LINK_TYPE_RAW = 101;
    private static final int LONGEST = 65_535;
    private static final int RECORD_HEADER = 16;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP = 17;
    private static final int HOPS = 64;

    private PcapFormat() {}

    /** What a file begins with. */
    static byte[] fileHeader() {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(MAGIC_NANOSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(LONGEST)
                .putInt(LINK_TYPE_RAW)
                .array();
    }

    /**
     * One packet.
     *
     * @param at when it passed
     * @param payload the UDP payload as far as it is kept
     * @param length of the whole UDP payload, in bytes
     */
    static byte[] record(Instant at, InetSocketAddress from, InetSocketAddress to, byte[] payload, int length) {
        boolean old = from.getAddress() instanceof Inet4Address && to.getAddress() instanceof Inet4Address;
        int headers = (old ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER;
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + headers + payload.length)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt((int) at.getEpochSecond())
                .putInt(at.getNano())
                .putInt(headers + payload.length)
                .putInt(headers + length);
        if (old) {
            putIpv4(record, from, to, UDP_HEADER + length);
        } else {
            putIpv6(record, from, to, UDP_HEADER + length);
        }
        // No checksum: the payload is not the one that was on the wire.
        return record.putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .putShort((short) (UDP_HEADER + length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    private static void putIpv4(ByteBuffer record, InetSocketAddress from, InetSocketAddress to, int length) {
        int at = record.position();
        record.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IPV4_HEADER + length))
                .putInt(0)
                .put((byte) HOPS)
                .put((byte) UDP)
                .putShort((short) 0)
                .put(from.getAddress().getAddress())
                .put(to.getAddress().getAddress());
        int sum = 0;
        for (int i = 0; i < IPV4_HEADER; i += 2) {
            sum += record.getShort(at + i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        record.putShort(at + 10, (short) ~(sum + (sum >>> 16)));
    }

    private static void putIpv6(ByteBuffer record, InetSocketAddress from, InetSocketAddress to, int length) {
        record.putInt(0x6000_0000)
                .putShort((short) length)
                .put((byte) UDP)
                .put((byte) HOPS)
                .put(mapped(from))
                .put(mapped(to));
    }

    /** An IPv4 address is written as an IPv4-mapped one (RFC 4291 section 2.5.5.2). */
    private static byte[] mapped(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        if (bytes.length == 16) {
            return bytes;
        }
        return ByteBuffer.allocate(16).putLong(0).putInt(0x0000_ffff).put(bytes).array();
    }
}
