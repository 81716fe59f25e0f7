package org.videowindow.bridge.conference;

/**
 * Upper bound of what one endpoint may send: two buckets, packets and bytes, that hold one second. A key frame burst of
 * an honest client fits; a flood is cut to the rate. Owned by the worker.
 */
final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private final int packetsPerSecond;
    private final long bytesPerSecond;
    private double packets;
    private double bytes;
    private long last;

    RateLimit(int packetsPerSecond, long bytesPerSecond, long now) {
        this.packetsPerSecond = packetsPerSecond;
        this.bytesPerSecond = bytesPerSecond;
        this.packets = packetsPerSecond;
        this.bytes = bytesPerSecond;
        this.last = now;
    }

    /** Whether this packet is within the bound; takes its share if so. */
    boolean admits(int length, long now) {
        double seconds = (double) (now - last) / SECOND;
        last = now;
        packets = Math.min(packetsPerSecond, packets + seconds * packetsPerSecond);
        bytes = Math.min((double) bytesPerSecond, bytes + seconds * bytesPerSecond);
        if (packets < 1 || bytes < length) {
            return false;
        }
        packets -= 1;
        bytes -= length;
        return true;
    }
}
