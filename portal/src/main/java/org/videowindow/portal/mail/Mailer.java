package org.videowindow.portal.mail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * Sends mails outside of the requests that cause them. At most {@link #MOST_WAITING} wait; one more is refused with
 * {@code busy}. A mail that the server does not take is tried again after growing waits. The thread and everything of
 * Jakarta Mail come to life with the first mail. What waits when the portal stops is lost: people ask again.
 */
@Component
public class Mailer implements DisposableBean {
    static final int MOST_WAITING = 500;

    private static final Logger log = LoggerFactory.getLogger(Mailer.class);

    private final boolean configured;
    private final Supplier<MailTransport> transports;
    private final Clock clock;
    private final DelayQueue<Waiting> waiting = new DelayQueue<>();
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final AtomicLong numbers = new AtomicLong();
    private @Nullable Thread thread;
    private volatile State state = new State(null, null, "", 0);

    /** What health tells. */
    record State(@Nullable Instant sentAt, @Nullable Instant failedAt, String failure, int givenUp) {
        private State sent(Instant at) {
            return new State(at, null, "", givenUp);
        }

        private State failed(Instant at, String why) {
            return new State(sentAt, at, why, givenUp);
        }

        private State gaveUp() {
            return new State(sentAt, failedAt, failure, givenUp + 1);
        }
    }

    @Autowired
    Mailer(PortalProperties properties, Clock clock) {
        this(properties.mail().configured(), () -> new SmtpTransport(properties.mail(), clock), clock);
        requireReadable("portal.mail.password-file", properties.mail().passwordFile());
        requireReadable("portal.mail.certificate-file", properties.mail().certificateFile());
    }

    Mailer(boolean configured, Supplier<MailTransport> transports, Clock clock) {
        this.configured = configured;
        this.transports = transports;
        this.clock = clock;
    }

    /** Whether mails can be sent at all. */
    public boolean configured() {
        return configured;
    }

    /** Refuses with {@code mail-not-configured} where no mail can be sent. */
    public void requireConfigured() {
        if (!configured) {
            throw new ProblemException(ProblemCode.MAIL_NOT_CONFIGURED);
        }
    }

    /**
     * Sends a mail soon.
     *
     * @param writing makes the mail, on the mail thread, so that a request that causes none takes as long as one that
     *     does; empty: there is nothing to send
     */
    public void send(Supplier<Optional<Mail>> writing) {
        requireConfigured();
        if (!places.tryAcquire()) {
            throw new ProblemException(ProblemCode.BUSY);
        }
        waiting.add(new Waiting(writing, 0, System.nanoTime(), numbers.getAndIncrement()));
        start();
    }

    int waiting() {
        return MOST_WAITING - places.availablePermits();
    }

    State state() {
        return state;
    }

    @Override
    public synchronized void destroy() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            if (waiting() > 0) {
                log.warn("{} mails were not sent before the portal stopped", waiting());
            }
        }
    }

    private synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("mail").daemon().start(this::run);
        }
    }

    private void run() {
        MailTransport transport = transports.get();
        try {
            while (true) {
                handle(waiting.take(), transport);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The portal stops.
        }
    }

    private void handle(Waiting next, MailTransport transport) {
        Optional<Mail> mail = Optional.empty();
        try {
            mail = next.writing.get();
            if (mail.isPresent()) {
                transport.send(mail.get());
                state = state.sent(clock.instant());
            }
            places.release();
        } catch (NotSentException e) {
            Optional<Duration> wait = e.forGood() ? Optional.empty() : Backoff.after(next.attempts + 1);
            state = state.failed(clock.instant(), String.valueOf(e.getMessage()));
            if (wait.isPresent()) {
                log.warn(
                        "A mail was not sent ({}); trying again in {} s",
                        e.getMessage(),
                        wait.get().toSeconds());
                Optional<Mail> same = mail;
                waiting.add(new Waiting(
                        () -> same,
                        next.attempts + 1,
                        System.nanoTime() + wait.get().toNanos(),
                        next.number));
            } else {
                log.warn("A mail is given up after {} attempts ({})", next.attempts + 1, e.getMessage());
                state = state.gaveUp();
                places.release();
            }
        } catch (RuntimeException e) {
            log.error("A mail could not be written", e); // The database, say. Must not end the thread.
            state = state.failed(clock.instant(), e.getClass().getSimpleName()).gaveUp();
            places.release();
        }
    }

    private static void requireReadable(String key, @Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new IllegalArgumentException(key + " " + file + " cannot be read");
        }
    }

    /**
     * One mail and when it is due.
     *
     * @param number decides between two that are due at the same time; the order must not ask the clock, which goes on
     *     between two questions
     */
    record Waiting(Supplier<Optional<Mail>> writing, int attempts, long dueNanos, long number) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Waiting that = (Waiting) other;
            long later = dueNanos - that.dueNanos; // Differences of System.nanoTime() stay right when it overflows.
            return later == 0 ? Long.compare(number, that.number) : Long.signum(later);
        }
    }
}
