package org.videowindow.bridge.channel;

/**
 * Limits a rate: one token per message, refilled steadily up to the burst. Remembers how many were refused in a row, so
 * that a sender who does not stop can be told from one who stumbled. Not thread-safe; the clock is handed in.
 */
final class TokenBucket {
    private final double perNano;
    private final int burst;
    private double tokens;
    private long filledNanos;
    private int refused;

    TokenBucket(int perSecond, int burst, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
        this.filledNanos = nowNanos;
    }

    /** Takes a token if there is one. */
    boolean take(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - filledNanos) * perNano);
        filledNanos = nowNanos;
        if (tokens < 1) {
            refused++;
            return false;
        }
        tokens -= 1;
        refused = 0;
        return true;
    }

    /** Refusals since the last success. */
    int refusedInARow() {
        return refused;
    }
}
