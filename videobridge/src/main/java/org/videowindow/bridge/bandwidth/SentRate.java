package org.videowindow.bridge.bandwidth;

/** The bit rate sent over the last half second. */
final class SentRate {
    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = 50_000_000L;

    private final int[] bytes = new int[BUCKETS];
    private long bucket = Long.MIN_VALUE;
    private long total;

    void sent(int byteCount, long now) {
        advance(now);
        bytes[(int) Math.floorMod(bucket, (long) BUCKETS)] += byteCount;
        total += byteCount;
    }

    private void advance(long now) {
        long wanted = Math.floorDiv(now, BUCKET_NANOS);
        if (bucket == Long.MIN_VALUE || wanted - bucket >= BUCKETS) {
            java.util.Arrays.fill(bytes, 0);
            total = 0;
            bucket = wanted;
        }
        while (bucket < wanted) {
            bucket++;
            int at = (int) Math.floorMod(bucket, (long) BUCKETS);
            total -= bytes[at];
            bytes[at] = 0;
        }
    }

    long bitsPerSecond(long now) {
        advance(now);
        return total * 8 * 1_000_000_000L / (BUCKETS * BUCKET_NANOS);
    }
}
