package org.videowindow.focus.agent;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Time and threads, as the focus sees them: real ones in production, virtual ones in tests. */
public interface Scheduler extends Executor {
    /** Nanoseconds since an arbitrary moment, never going back. */
    long nanoTime();

    /** Milliseconds since 1970 UTC. */
    long wallMillis();

    /** Runs a short task when the time has passed. */
    Cancellable after(Duration delay, Runnable task);
}
