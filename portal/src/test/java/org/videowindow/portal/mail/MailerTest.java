package org.videowindow.portal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

class MailerTest {
    private final BlockingQueue<Mail> sent = new LinkedBlockingQueue<>();
    private final Deque<NotSentException> failures = new ArrayDeque<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final Mailer mailer = new Mailer(
            true,
            () -> mail -> {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                NotSentException failure = failures.poll();
                if (failure != null) {
                    throw failure;
                }
                sent.add(mail);
            },
            Clock.systemUTC());

    @AfterEach
    void stop() {
        mailer.destroy();
    }

    @Test
    void withoutAServerThereIsNoMail() {
        Mailer off = new Mailer(false, () -> mail -> {}, Clock.systemUTC());
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> off.send(Optional::empty))
                .matches(e -> e.code() == ProblemCode.MAIL_NOT_CONFIGURED);
    }

    @Test
    void theQueueIsBoundedAndEmptiesInOrder() throws Exception {
        for (int i = 0; i < Mailer.MOST_WAITING; i++) {
            send(i);
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> send(-1))
                .matches(e -> e.code() == ProblemCode.BUSY);
        open.countDown();
        for (int i = 0; i < Mailer.MOST_WAITING; i++) {
            assertThat(next().to()).isEqualTo(i + "@example.org");
        }
    }

    @Test
    void theOrderDoesNotDependOnWhenItIsAsked() {
        long base = Long.MAX_VALUE; // System.nanoTime() may overflow.
        for (int first = 0; first < 4; first++) {
            for (int second = 0; second < 4; second++) {
                Mailer.Waiting a = new Mailer.Waiting(Optional::empty, 0, base + first / 2, first);
                Mailer.Waiting b = new Mailer.Waiting(Optional::empty, 0, base + second / 2, second);
                assertThat(Integer.signum(a.compareTo(b)))
                        .as("%d to %d", first, second)
                        .isEqualTo(Integer.signum(Integer.compare(first, second)));
            }
        }
        for (int i = 0; i < 1_000; i++) {
            Mailer.Waiting a = new Mailer.Waiting(Optional::empty, 0, System.nanoTime(), 0);
            Mailer.Waiting b = new Mailer.Waiting(Optional::empty, 0, a.dueNanos() + 1, 1);
            assertThat(a.compareTo(b)).isNegative();
            assertThat(b.compareTo(a)).isPositive();
        }
    }

    @Test
    void aMailThatCannotBeWrittenDoesNotStopTheNext() throws Exception {
        open.countDown();
        mailer.send(() -> {
            throw new IllegalStateException("planted");
        });
        mailer.send(Optional::empty);
        send(1);
        assertThat(next().to()).isEqualTo("1@example.org");
    }

    @Test
    void aMailThatWasNotTakenIsTriedAgainAndOneThatNeverWillBeIsNot() throws Exception {
        failures.add(new NotSentException("away", false));
        failures.add(new NotSentException("no such mailbox", true));
        open.countDown();
        send(1);
        send(2);
        assertThat(next().to()).isEqualTo("1@example.org");
        assertThat(mailer.state().givenUp()).isEqualTo(1);
        assertThat(sent.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private void send(int number) {
        mailer.send(() -> Optional.of(new Mail(number + "@example.org", "", "")));
    }

    private Mail next() throws InterruptedException {
        Mail mail = sent.poll(60, TimeUnit.SECONDS);
        assertThat(mail).isNotNull();
        return mail;
    }
}
