package org.videowindow.portal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

class RateLimitTableTest extends PortalTest {
    private static final long SECOND = 1_000_000;
    private static final Allowance FIVE = new Allowance("test", 5, Duration.ofSeconds(10));

    /**
     * A moment that the table's own cleaning, which goes on meanwhile, takes neither for over nor for a wrong clock's:
     * between now and twice the longest window.
     */
    private final long start = (Instant.now().getEpochSecond() + 300) * SECOND;

    @Autowired
    private RateLimitTable table;

    @Autowired
    private RateLimits limits;

    @Autowired
    private JdbcClient sql;

    @Test
    void allowsSoManyAtOnceAndThenOneAfterEachShareOfTheWindow() {
        String bucket = bucket();
        for (int i = 0; i < 5; i++) {
            assertThat(table.take(bucket, FIVE, start)).isTrue();
        }
        assertThat(table.take(bucket, FIVE, start)).isFalse();
        assertThat(table.take(bucket, FIVE, start + 2 * SECOND - 1)).isFalse();
        assertThat(table.take(bucket, FIVE, start + 2 * SECOND)).isTrue();
        assertThat(table.take(bucket, FIVE, start + 2 * SECOND)).isFalse();
    }

    @Test
    void clientsDoNotDisturbEachOther() {
        String bucket = bucket();
        for (int i = 0; i < 6; i++) {
            table.take(bucket, FIVE, start);
        }
        assertThat(table.take(bucket(), FIVE, start)).isTrue();
    }

    @Test
    void neverSavesUpMoreThanTheAllowance() {
        String bucket = bucket();
        table.take(bucket, FIVE, start);
        int allowed = 0;
        while (table.take(bucket, FIVE, start + 600 * SECOND)) {
            allowed++;
        }
        assertThat(allowed).isEqualTo(5);
    }

    @Test
    void whatIsGivenBackDoesNotCount() {
        String bucket = bucket();
        for (int i = 0; i < 20; i++) {
            assertThat(table.take(bucket, FIVE, start)).isTrue();
            table.giveBack(bucket, FIVE);
        }
        table.giveBack(bucket(), FIVE);
    }

    @Test
    void asManyAsAllowedGetThroughHoweverManyComeAtTheSameMoment() throws Exception {
        for (int round = 0; round < 20; round++) {
            String bucket = bucket();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Boolean>> attempts = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    attempts.add(threads.submit(() -> table.take(bucket, FIVE, start)));
                }
                int allowed = 0;
                for (Future<Boolean> attempt : attempts) {
                    allowed += attempt.get() ? 1 : 0;
                }
                assertThat(allowed).isEqualTo(5);
            }
        }
    }

    @Test
    void rowsGoWhenTheAllowanceIsWholeOrTheClockWasWrongOrTheyAreTooMany() {
        // As if it were later than it is: the cleaning that goes on by itself leaves these rows alone.
        long now = start;
        String over = insert(now - SECOND);
        String wrong = insert(now + 86_400 * SECOND);
        String little = insert(now + 1);
        String much = insert(now + 9 * SECOND);
        table.clean(now, 600 * SECOND, 1_000_000);
        assertThat(table.usedUntil(over)).isEmpty();
        assertThat(table.usedUntil(wrong)).isEmpty();
        assertThat(table.usedUntil(little)).isPresent();
        // More than once where other rows have gone between the count and the cleaning.
        await(() -> {
            Integer rows = sql.sql("select count(*) from rate_limit")
                    .query(Integer.class)
                    .single();
            table.clean(now, 600 * SECOND, rows - 1);
            return table.usedUntil(little).isEmpty();
        });
        assertThat(table.usedUntil(much)).isPresent();
    }

    @Test
    void theDatabaseKnowsNeitherAddressesNorNames() {
        limits.beforeMail("ada@example.org", "192.0.2.77");
        assertThat(sql.sql("select bucket from rate_limit").query(String.class).list())
                .isNotEmpty()
                .allMatch(bucket -> bucket.matches("[0-9a-f]{64}|test-.*"));
    }

    @Test
    void mailsAreLimitedPerRecipientWhereverTheyAreAskedFor() {
        String recipient = Visitor.newEmail();
        for (int i = 0; i < 5; i++) {
            limits.beforeMail(recipient, "192.0.2." + i);
        }
        assertThatThrownBy(() -> limits.beforeMail(recipient, "192.0.2.9"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
                    assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(120));
                });
    }

    private String insert(long usedUntil) {
        String bucket = bucket();
        sql.sql("insert into rate_limit (bucket, used_until) values (?, ?)")
                .params(bucket, usedUntil)
                .update();
        return bucket;
    }

    private static String bucket() {
        return "test-" + UUID.randomUUID();
    }
}
