package org.videowindow.focus.agent;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single thread of control: tasks run one after the other, in the order in which they were posted, whatever thread
 * posted them. State that belongs to an agent is touched by its tasks only and needs no lock.
 *
 * <p>Any thread may call {@link #post} and {@link #after}. The queue is bounded: what does not fit is refused, and the
 * caller decides what that means.
 */
public final class Agent {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    private final String name;
    private final Scheduler scheduler;
    private final int capacity;
    private final Runnable afterEach;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Tasks posted and not finished; the thread that raises it from zero starts the run. */
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Creates an idle agent.
     *
     * @param name for logs
     * @param scheduler runs the tasks and knows the time
     * @param capacity how many tasks may wait; more lets a slow agent fall further behind, less refuses bursts
     */
    public Agent(String name, Scheduler scheduler, int capacity) {
        this(name, scheduler, capacity, () -> {});
    }

    /**
     * Creates an idle agent that closes each task with another one.
     *
     * @param afterEach run after each task, before the next
     */
    public Agent(String name, Scheduler scheduler, int capacity, Runnable afterEach) {
        this.name = name;
        this.scheduler = scheduler;
        this.capacity = capacity;
        this.afterEach = afterEach;
    }

    /**
     * Adds a task that must not be lost: an answer or a timer, which exist only as often as the agent itself asked for
     * them.
     */
    public void post(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            scheduler.execute(this::run);
        }
    }

    /** Adds a task that somebody remote caused, unless the queue is full. */
    public boolean offer(Runnable task) {
        if (waiting.get() >= capacity) {
            return false;
        }
        post(task);
        return true;
    }

    /** Posts the task when the time has passed, unless it was cancelled before. */
    public Cancellable after(Duration delay, Runnable task) {
        return scheduler.after(delay, () -> post(task));
    }

    /** The time by which the agent measures. */
    public Scheduler scheduler() {
        return scheduler;
    }

    private void run() {
        do {
            Runnable task = tasks.poll();
            try {
                task.run();
                afterEach.run();
            } catch (Throwable e) {
                log.error("{}: a task failed", name, e);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
