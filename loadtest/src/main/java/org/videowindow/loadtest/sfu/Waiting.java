package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what others do, with a limit. */
public final class Waiting {
    private static final int SECONDS = 60;

    private Waiting() {}

    /** A moment between two looks at something that tells nobody when it is ready. */
    static void nap() {
        LockSupport.parkNanos(50_000_000L);
    }

    /**
     * Waits for participants to be connected.
     *
     * @throws IOException when one is not within a minute, in one sentence
     */
    public static void all(List<CompletableFuture<Void>> futures) throws IOException {
        one(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)), "The participants did not connect");
    }

    static <T> T one(CompletableFuture<T> future, String otherwise) throws IOException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        } catch (ExecutionException e) {
            throw new IOException(otherwise + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(otherwise + " within " + SECONDS + " s.", e);
        }
    }
}
