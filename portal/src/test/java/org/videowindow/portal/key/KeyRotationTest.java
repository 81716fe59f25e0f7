package org.videowindow.portal.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.MovableClock;
import org.videowindow.portal.Samples;
import org.videowindow.portal.database.TestDatabase;
import org.videowindow.portal.database.Timestamps;

/** Two instances of the portal on one database, in virtual time. */
@Tag("database")
class KeyRotationTest {
    private static final UUID ADMINISTRATOR = UUID.randomUUID();
    private static final Duration KEY_LIFE = Duration.ofDays(30);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    /** What the audit log was told. */
    private final List<String> written = new CopyOnWriteArrayList<>();

    private final MovableClock clock = new MovableClock();
    private SigningKeyTable table;
    private SigningKeys one;
    private SigningKeys other;

    @BeforeEach
    void twoPortals() {
        DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.newUrl(), "portal", "");
        Flyway.configure().dataSource(database).load().migrate();
        table = new SigningKeyTable(JdbcClient.create(database));
        one = portal();
        other = portal();
    }

    @Test
    void theFirstKeySignsAtOnceAndBothHaveIt() {
        assertThat(signing(one)).isEqualTo(signing(other));
        assertThat(published(one)).containsExactly(signing(one));
        assertThat(written).containsExactly(signing(one));
    }

    @Test
    void aKeyIsFollowedByAgeAndTheNextIsPublishedBeforeItSigns() {
        String first = signing(one);
        clock.move(KEY_LIFE.minus(KeySchedule.AHEAD).minusMinutes(1));
        tend();
        assertThat(published(one)).containsExactly(first);
        clock.move(Duration.ofMinutes(1));
        tend();
        assertThat(published(one)).hasSize(2).isEqualTo(published(other));
        assertThat(signing(one)).isEqualTo(first);
        clock.move(KeySchedule.AHEAD);
        String second = signing(one);
        assertThat(second).isNotEqualTo(first).isEqualTo(signing(other));
        assertThat(published(other)).containsExactly(first, second);
    }

    @Test
    void anOldKeyStaysUntilEveryTokenThatItSignedHasExpired() {
        String first = signing(one);
        one.rotate(ADMINISTRATOR);
        clock.move(KeySchedule.AHEAD_ON_DEMAND.plus(TOKEN_LIFE));
        tend();
        assertThat(published(one)).contains(first);
        clock.move(KeySchedule.MARGIN.plusSeconds(1));
        tend();
        assertThat(published(one)).doesNotContain(first).containsExactly(signing(one));
        assertThat(published(other)).isEqualTo(published(one));
        assertThat(table.all()).hasSize(1);
    }

    @Test
    void onDemandTheNextKeyTakesOverAfterAMinuteAndAskingTwiceMakesOne() {
        String first = signing(one);
        String next = one.rotate(ADMINISTRATOR).id();
        assertThat(other.rotate(ADMINISTRATOR).id()).isEqualTo(next);
        assertThat(published(one)).containsExactly(first, next);
        assertThat(signing(one)).isEqualTo(first);
        clock.move(Duration.ofMinutes(1).plusMillis(1));
        assertThat(signing(one)).isEqualTo(next);
        tend();
        assertThat(signing(other)).isEqualTo(next);
    }

    @Test
    void manyThatMakeTheNextKeyAtTheSameMomentMakeOne() throws Exception {
        clock.move(KEY_LIFE);
        List<SigningKeys> portals = new ArrayList<>(List.of(one, other, portal(), portal()));
        clock.move(KEY_LIFE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            portals.forEach(portal -> runs.add(threads.submit(portal::tend)));
            for (Future<?> run : runs) {
                run.get();
            }
        }
        assertThat(table.all()).extracting(SigningKey::generation).doesNotHaveDuplicates();
        portals.forEach(SigningKeys::tend);
        assertThat(portals.stream().map(this::published).distinct()).hasSize(1);
    }

    @Test
    void aClockThatGoesBackBehindAllKeysStillHasOneThatSigns() {
        for (int i = 0; i < 3; i++) {
            clock.move(Duration.ofDays(40));
            tend();
        }
        clock.reset();
        tend();
        assertThat(signing(one)).isEqualTo(signing(other)).isIn(published(one));
    }

    @Test
    void keysFromBeforeRotationSignOnInTheOrderOfTheirAge() {
        DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.newUrl(), "portal", "");
        Flyway.configure().dataSource(database).target("1").load().migrate();
        JdbcClient sql = JdbcClient.create(database);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        one.rotate(ADMINISTRATOR);
        for (SigningKey key : table.all()) {
            sql.sql("insert into signing_key (key_id, algorithm, private_jwk, created_at) values (?, 'ES256', ?, ?)")
                    .params(
                            key.id(),
                            key.pair().toJSONString(),
                            Timestamps.parameter(now.minusSeconds(1000 * key.generation())))
                    .update();
        }
        Flyway.configure().dataSource(database).load().migrate();
        List<SigningKey> migrated = new SigningKeyTable(sql).all();
        assertThat(migrated).extracting(SigningKey::generation).containsExactly(1L, 2L);
        assertThat(migrated)
                .extracting(SigningKey::id)
                .containsExactly(table.all().get(1).id(), table.all().get(0).id());
        assertThat(migrated).allSatisfy(key -> assertThat(key.signsFrom()).isEqualTo(key.createdAt()));
    }

    private SigningKeys portal() {
        return new SigningKeys(
                table,
                (kind, account, actor, detail) -> written.add(detail),
                TransactionOperations.withoutTransaction(),
                clock,
                Samples.properties("http://localhost:8080"));
    }

    private void tend() {
        one.tend();
        other.tend();
    }

    private static String signing(SigningKeys portal) {
        return portal.signing().getKeyID();
    }

    private List<String> published(SigningKeys portal) {
        return portal.published().getKeys().stream().map(JWK::getKeyID).toList();
    }
}
