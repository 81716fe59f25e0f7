package org.videowindow.haproxy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that happens in another process. */
final class Await {
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(25).toNanos();

    private Await() {}

    /**
     * Waits until it is so.
     *
     * @return how long that took
     * @throws AssertionError if it is not so in time
     */
    static Duration until(String what, Duration deadline, BooleanSupplier so) {
        long start = System.nanoTime();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new AssertionError("Not within " + deadline + ": " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
