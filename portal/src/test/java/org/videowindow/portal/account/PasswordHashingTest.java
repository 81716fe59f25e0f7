package org.videowindow.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.Samples;

class PasswordHashingTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PasswordHashing hashing = hashing(7168, 1);

    @Test
    void aHashMatchesItsPasswordOnly() {
        String hash = hashing.hash("correct horse");
        assertThat(hash).startsWith("$argon2id$v=19$m=7168,t=1,p=1$");
        assertThat(hash.length()).isLessThan(255);
        assertThat(hashing.matches("correct horse", hash)).isTrue();
        assertThat(hashing.matches("correct horsf", hash)).isFalse();
        assertThat(hashing.hash("correct horse")).isNotEqualTo(hash);
    }

    @Test
    void nobodyHasNoPassword() {
        assertThat(hashing.matches("", null)).isFalse();
        assertThat(hashing.matches("correct horse", null)).isFalse();
    }

    @Test
    void anUnknownAccountTakesAsLongAsAKnownOne() {
        String hash = hashing.hash("correct horse");
        long known = median(() -> hashing.matches("wrong", hash));
        long unknown = median(() -> hashing.matches("wrong", null));
        // Coarse on purpose: a missing computation would make it hundreds of times faster.
        assertThat((double) unknown / known).isBetween(0.2, 5.0);
    }

    @Test
    void aHashOfOtherCostIsOutdated() {
        String old = hashing.hash("correct horse");
        PasswordHashing today = hashing(8192, 2);
        assertThat(hashing.outdated(old)).isFalse();
        assertThat(today.outdated(old)).isTrue();
        assertThat(today.matches("correct horse", old)).isTrue();
    }

    private static long median(Runnable work) {
        List<Long> times = IntStream.range(0, 9)
                .mapToLong(i -> {
                    // What it takes of the processor, whoever else uses it.
                    long begun = THREADS.getCurrentThreadCpuTime();
                    work.run();
                    return THREADS.getCurrentThreadCpuTime() - begun;
                })
                .sorted()
                .boxed()
                .toList();
        return times.get(4);
    }

    private static PasswordHashing hashing(int memoryKib, int iterations) {
        return new PasswordHashing(Samples.properties(new PasswordProperties(10, memoryKib, iterations, 2)));
    }
}
