package org.videowindow.shard.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.videowindow.shard.token.Claims;

/** Accounts come with a token and go with their last session. */
class AccountsTest {
    private Instant now = Instant.EPOCH;
    private final Accounts accounts = new Accounts(2, () -> now);

    private static Claims claims(String account) {
        return new Claims(account, "room", new Claims.User("u", "Ada", "", "", false, false), Map.of());
    }

    @Test
    void accountGoesWithItsLastSession() {
        accounts.signIn(claims("a"));
        accounts.sessionBegan("a", "s1");
        accounts.sessionBegan("a", "s2");
        assertThat(accounts.sessions("a")).containsExactlyInAnyOrder("s1", "s2");
        accounts.sessionEnded("a", "s1");
        assertThat(accounts.claims("a")).isPresent();
        accounts.sessionEnded("a", "s2");
        assertThat(accounts.claims("a")).isEmpty();
        assertThat(accounts.size()).isZero();
    }

    @Test
    void signInWithoutSessionIsForgotten() {
        accounts.signIn(claims("a"));
        accounts.signIn(claims("b"));
        accounts.sessionBegan("b", "s");
        now = now.plus(Duration.ofSeconds(61));
        accounts.tick();
        assertThat(accounts.claims("a")).isEmpty();
        assertThat(accounts.claims("b")).isPresent();
    }

    @Test
    void signInWhileTheOldSessionEndsIsKept() {
        accounts.signIn(claims("a"));
        accounts.sessionBegan("a", "old");
        accounts.signIn(claims("a"));
        accounts.sessionEnded("a", "old");
        assertThat(accounts.claims("a")).isPresent();
        accounts.sessionBegan("a", "new");
        accounts.sessionEnded("a", "new");
        assertThat(accounts.claims("a")).isEmpty();
    }

    @Test
    void accountsAreBounded() {
        assertThat(accounts.signIn(claims("a"))).isTrue();
        assertThat(accounts.signIn(claims("b"))).isTrue();
        assertThat(accounts.signIn(claims("c"))).isFalse();
        assertThat(accounts.signIn(claims("a"))).as("again with a new token").isTrue();
    }

    @Test
    void sessionOfNobodyMakesNoAccount() {
        accounts.sessionBegan("ghost", "s");
        accounts.sessionEnded("ghost", "s");
        assertThat(accounts.claims("ghost")).isEmpty();
        assertThat(accounts.claims(null)).isEmpty();
        assertThat(accounts.sessions("ghost")).isEmpty();
    }
}
