package org.videowindow.bridge.retransmit;

import java.util.Arrays;

/**
 * Whether to send a packet to one receiver again. Two bounds stop a receiver that asks too much, by fault or on purpose,
 * from using the bridge as an amplifier: the same packet is not sent again within a round trip, and all retransmissions
 * to it together stay below a bit rate (a token bucket).
 *
 * <p>Owned by the worker thread of the conference.
 */
public final class RetransmissionPolicy {
    /** Shortest time between two retransmissions of one packet. */
    public static final long MIN_REPEAT_NANOS = 15_000_000;

    /** Part of what a receiver can be sent that repetitions may take. */
    private static final double MOST_OF_ESTIMATE = 0.4;

    /** A small key frame. */
    private static final long LEAST_AT_ONCE = 12_000;

    private static final int REMEMBERED = 1024;

    private final long mostPerSecond;
    private final long mostAtOnce;
    private final long[] key = new long[REMEMBERED];
    private final long[] sentAt = new long[REMEMBERED];
    private long bytesPerSecond;
    private long burstBytes;
    private long repeat = 50_000_000;
    private long credit;
    private long creditAt;
    private boolean started;

    /**
     * A policy for one receiver.
     *
     * @param bytesPerSecond of retransmissions at most
     * @param burstBytes sent at once at most
     */
    public RetransmissionPolicy(long bytesPerSecond, long burstBytes) {
        this.mostPerSecond = bytesPerSecond;
        this.mostAtOnce = burstBytes;
        this.bytesPerSecond = bytesPerSecond;
        this.burstBytes = burstBytes;
        this.credit = burstBytes;
        Arrays.fill(key, -1);
    }

    /** Tells the round-trip time to the receiver. */
    public void roundTrip(long nanos) {
        repeat = Math.max(MIN_REPEAT_NANOS, nanos);
    }

    /**
     * Bounds it further, as long as nothing else is said: what a narrow way drops, repetitions of it must not keep
     * narrow.
     *
     * @param bitsPerSecond what can be sent to the receiver altogether
     */
    public void estimate(long bitsPerSecond) {
        long part = (long) (bitsPerSecond / 8.0 * MOST_OF_ESTIMATE);
        bytesPerSecond = Math.min(mostPerSecond, part);
        burstBytes = Math.min(mostAtOnce, Math.max(LEAST_AT_ONCE, part));
        credit = Math.min(credit, burstBytes);
    }

    /**
     * Decides, and when the answer is yes counts the packet as sent.
     *
     * @param ssrc of the original stream
     * @param sequence asked for
     * @param bytes it would cost
     */
    public boolean allow(int ssrc, int sequence, int bytes, long now) {
        long wanted = (ssrc & 0xFFFF_FFFFL) << 16 | sequence;
        int slot = (int) ((wanted * 0x9E37_79B9_7F4A_7C15L) >>> 54);
        if (key[slot] == wanted && now - sentAt[slot] < repeat) {
            return false;
        }
        refill(now);
        if (credit < bytes) {
            return false;
        }
        credit -= bytes;
        key[slot] = wanted;
        sentAt[slot] = now;
        return true;
    }

    private void refill(long now) {
        if (!started) {
            started = true;
            creditAt = now;
            return;
        }
        long passed = Math.min(now - creditAt, 10_000_000_000L);
        long earned = passed * bytesPerSecond / 1_000_000_000L;
        if (earned > 0) {
            credit = Math.min(burstBytes, credit + earned);
            creditAt = now;
        }
    }
}
