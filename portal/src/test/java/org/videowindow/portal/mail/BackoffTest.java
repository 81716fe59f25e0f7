package org.videowindow.portal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void theWaitsGrowAndEndAfterAboutAnHour() {
        List<Duration> waits = new ArrayList<>();
        Optional<Duration> wait = Backoff.after(1);
        while (wait.isPresent()) {
            waits.add(wait.get());
            wait = Backoff.after(waits.size() + 1);
        }
        assertThat(waits).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(waits).isSorted().allMatch(each -> each.compareTo(Duration.ofMinutes(10)) <= 0);
        assertThat(waits.stream().mapToLong(Duration::toMinutes).sum()).isBetween(30L, 70L);
    }
}
