package org.videowindow.focus.lab;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.agent.Scheduler;

/** Time that passes only when a test says so, and one thread for everything: the test's. */
public final class VirtualTime implements Scheduler {
    private static final long START_MILLIS = 1_800_000_000_000L;
    private static final int ENDLESS = 5_000_000;

    private record Timer(long at, long order, AtomicBoolean cancelled, Runnable task) {}

    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
    private long now;
    private long order;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long wallMillis() {
        return START_MILLIS + now / 1_000_000;
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        Timer timer = new Timer(now + delay.toNanos(), order++, new AtomicBoolean(), task);
        timers.add(timer);
        return () -> timer.cancelled().set(true);
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    /** Runs the next thing that is ready; false when nothing is. */
    public boolean step() {
        Runnable next = ready.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** Runs what is ready, and what that makes ready. */
    public void settle() {
        for (int i = 0; !ready.isEmpty(); i++) {
            if (i > ENDLESS) {
                throw new AssertionError("the system does not come to rest");
            }
            ready.poll().run();
        }
    }

    /** Lets the time pass, with everything that happens in it. */
    public void pass(Duration duration) {
        settle();
        long end = now + duration.toNanos();
        while (!timers.isEmpty() && timers.peek().at() <= end) {
            Timer timer = timers.poll();
            now = timer.at();
            if (!timer.cancelled().get()) {
                timer.task().run();
                settle();
            }
        }
        now = end;
    }
}
