package org.videowindow.portal.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket per key: so many attempts at once, and as many again spread evenly over the window. Time is passed in.
 * Holds at most {@link #MOST_KEYS} keys; beyond that it forgets the one not used for longest, which costs a patient
 * attacker with thousands of addresses little, and us no memory. Used by request threads, hence synchronized.
 */
public final class RateLimiter {
    static final int MOST_KEYS = 20_000;

    private final double capacity;
    private final double perNano;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_KEYS;
        }
    };

    public RateLimiter(int attempts, Duration window) {
        this.capacity = attempts;
        this.perNano = attempts / (double) window.toNanos();
    }

    /**
     * Takes one attempt.
     *
     * @param nowNanos a clock that only goes forward
     * @return zero when the attempt is allowed, else how long to wait
     */
    public synchronized Duration take(String key, long nowNanos) {
        Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(capacity, nowNanos));
        bucket.refill(nowNanos);
        if (bucket.left >= 1) {
            bucket.left -= 1;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - bucket.left) / perNano));
    }

    /** Gives an attempt back: it turned out to be none that should count. */
    public synchronized void giveBack(String key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.left = Math.min(capacity, bucket.left + 1);
        }
    }

    /** How many keys are remembered. */
    synchronized int size() {
        return buckets.size();
    }

    private final class Bucket {
        private double left;
        private long refilledAt;

        private Bucket(double left, long refilledAt) {
            this.left = left;
            this.refilledAt = refilledAt;
        }

        private void refill(long nowNanos) {
            if (nowNanos > refilledAt) {
                left = Math.min(capacity, left + (nowNanos - refilledAt) * perNano);
                refilledAt = nowNanos;
            }
        }
    }
}
