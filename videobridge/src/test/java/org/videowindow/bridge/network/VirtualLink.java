package org.videowindow.bridge.network;

import java.util.Random;

/**
 * One direction of a link. Packets pass a bottleneck with a queue in front of it, then take the delay. They may get lost
 * at random or in bursts (Gilbert-Elliott), be held up by jitter, overtaken, or doubled. Everything can change while
 * packets are on their way.
 */
public final class VirtualLink {
    /** No bottleneck. */
    public static final long UNLIMITED = 0;

    private final VirtualTime time;
    private final Random random;
    private long bitsPerSecond = UNLIMITED;
    private long queueNanos = 300 * VirtualTime.MILLI;
    private long delay = 20 * VirtualTime.MILLI;
    private long jitter;
    private double loss;
    private double burstBegins;
    private double burstEnds = 1;
    private boolean inBurst;
    private double reordered;
    private double doubled;
    private boolean cut;
    private long policedBitsPerSecond = UNLIMITED;
    private double bucketBytes;
    private double tokens;
    private long tokensAt;
    private long freeAt;
    private long lastArrival;
    private long carriedBytes;
    private long dropped;

    /** A link without faults and with 20 ms of delay. */
    public VirtualLink(VirtualTime time, long seed) {
        this.time = time;
        this.random = new Random(seed);
    }

    /** The bottleneck; what waits before it goes on waiting for the old rate. */
    public VirtualLink rate(long bps) {
        bitsPerSecond = bps;
        return this;
    }

    /** A policer: what finds no token in the bucket is dropped, the others do not wait. */
    public VirtualLink policed(long bps, long bytes) {
        policedBitsPerSecond = bps;
        bucketBytes = bytes;
        tokens = bytes;
        tokensAt = time.now();
        return this;
    }

    private boolean isPoliced(int bytes) {
        if (policedBitsPerSecond == UNLIMITED) {
            return false;
        }
        tokens = Math.min(bucketBytes, tokens + (time.now() - tokensAt) / 8e9 * policedBitsPerSecond);
        tokensAt = time.now();
        if (tokens < bytes) {
            return true;
        }
        tokens -= bytes;
        return false;
    }

    /** How long the queue may become; what finds it longer is dropped. */
    public VirtualLink queueMillis(long millis) {
        queueNanos = millis * VirtualTime.MILLI;
        return this;
    }

    public VirtualLink delayMillis(long millis) {
        delay = millis * VirtualTime.MILLI;
        return this;
    }

    /** Added to the delay: up to so much, in order. */
    public VirtualLink jitterMillis(long millis) {
        jitter = millis * VirtualTime.MILLI;
        return this;
    }

    public VirtualLink loss(double share) {
        loss = share;
        return this;
    }

    /** Bursts in which everything is lost: how probable it is for a packet that one begins, and that it ends. */
    public VirtualLink bursts(double begins, double ends) {
        burstBegins = begins;
        burstEnds = ends;
        return this;
    }

    /** Part of the packets that are held up and overtaken. */
    public VirtualLink reordered(double share) {
        reordered = share;
        return this;
    }

    public VirtualLink doubled(double share) {
        doubled = share;
        return this;
    }

    /** Nothing comes through. */
    public VirtualLink cut(boolean off) {
        cut = off;
        return this;
    }

    /** A packet enters. {@code arrival} happens when it comes out, never, or twice. */
    public void send(int bytes, Runnable arrival) {
        long now = time.now();
        if (cut || isLost() || isPoliced(bytes)) {
            dropped++;
            return;
        }
        long ready = now;
        if (bitsPerSecond != UNLIMITED) {
            freeAt = Math.max(freeAt, now);
            if (freeAt - now > queueNanos) {
                dropped++;
                return;
            }
            freeAt += bytes * 8_000_000_000L / bitsPerSecond;
            ready = freeAt;
        }
        carriedBytes += bytes;
        long at = ready + delay + (jitter > 0 ? (long) (random.nextDouble() * jitter) : 0);
        if (reordered > 0 && random.nextDouble() < reordered) {
            at += 1 + (long) (random.nextDouble() * 30 * VirtualTime.MILLI);
        } else {
            at = Math.max(at, lastArrival);
            lastArrival = at;
        }
        time.at(at, arrival);
        if (doubled > 0 && random.nextDouble() < doubled) {
            time.at(at + VirtualTime.MILLI, arrival);
        }
    }

    private boolean isLost() {
        if (burstBegins > 0) {
            inBurst = inBurst ? random.nextDouble() >= burstEnds : random.nextDouble() < burstBegins;
            if (inBurst) {
                return true;
            }
        }
        return loss > 0 && random.nextDouble() < loss;
    }

    /** Bytes that came through. */
    public long carriedBytes() {
        return carriedBytes;
    }

    /** Packets that did not. */
    public long dropped() {
        return dropped;
    }

    /** How long a packet that enters now waits for the bottleneck. */
    public long queuedNanos() {
        return Math.max(0, freeAt - time.now());
    }
}
