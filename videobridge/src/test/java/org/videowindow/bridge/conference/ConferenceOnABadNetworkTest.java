package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.network.VirtualLink;

/**
 * Whole conferences on a seeded network in virtual time: the worker's logic as it runs in production, with clients that
 * send three sizes of a picture and receive behind bottlenecks.
 */
class ConferenceOnABadNetworkTest {
    private CallLab lab;
    private final List<MeetingClient> clients = new ArrayList<>();
    private int joined;

    private VirtualLink link(long seed) {
        return new VirtualLink(lab.time(), seed + 1_000L * joined).jitterMillis(3);
    }

    /** Somebody who wants large pictures joins; what it receives comes by this link. */
    private MeetingClient join(long seed, VirtualLink down) throws ConferenceException {
        joined++;
        MeetingClient client = MeetingClient.join(lab, joined, seed + joined, down, link(seed));
        clients.add(client);
        return client;
    }

    private MeetingClient join(long seed) throws ConferenceException {
        return join(seed, link(seed));
    }

    private void runMillis(long millis) {
        lab.runMillis(millis);
    }

    /** The sizes of its picture take that much. */
    private MeetingClient joinSending(long seed, long... rates) throws ConferenceException {
        return join(seed).sending(rates);
    }

    private double meanEstimate(MeetingClient client, int seconds) throws ConferenceException {
        double sum = 0;
        for (int i = 0; i < seconds * 10; i++) {
            runMillis(100);
            sum += client.estimate();
        }
        return sum / (seconds * 10);
    }

    @ParameterizedTest
    @CsvSource({"300000, 1", "700000, 2", "1000000, 3", "2000000, 4"})
    void theEstimateOfAReceiverBehindABottleneckIsNearIt(long bottleneck, long seed) throws Exception {
        lab = new CallLab(seed);
        MeetingClient a = join(seed);
        MeetingClient b = join(seed, link(seed).rate(bottleneck)).watching();
        runMillis(10_000);
        long since = lab.now();
        assertThat((double) b.estimate()).as("seed %d", seed).isBetween(0.8 * bottleneck, 1.15 * bottleneck);
        assertThat(meanEstimate(b, 30))
                .as("over half a minute, seed %d", seed)
                .isBetween(0.8 * bottleneck, 1.15 * bottleneck);
        assertThat(b.longestSilenceMillis(a, since)).as("sound, seed %d", seed).isLessThan(400);
        assertThat(b.soundArrived(a)).as("sound, seed %d", seed).isGreaterThan(0.97);
        assertThat(b.switchesOf(a))
                .as("switches in forty seconds, seed %d", seed)
                .isLessThan(10);
        assertThat(b.twice()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"300, 31", "300, 32", "1000, 33"})
    void aNetworkThatBecomesNarrowGetsASmallerPictureWithoutAStandstill(long queueMillis, long seed) throws Exception {
        lab = new CallLab(seed);
        MeetingClient a = joinSending(seed, 60_000, 150_000, 300_000);
        VirtualLink down = link(seed).queueMillis(queueMillis);
        MeetingClient b = join(seed, down).watching();
        runMillis(10_000);
        assertThat(b.sizeOf(a)).as("before, seed %d", seed).isEqualTo(2);
        long since = lab.now();
        down.rate(250_000);
        runMillis(15_000);
        assertThat(b.sizeOf(a)).as("fifteen seconds later, seed %d", seed).isBetween(0, 1);
        runMillis(15_000);
        assertThat(b.longestStandstillMillis(a, since))
                .as("of the picture, seed %d", seed)
                .isLessThan(3_000);
        assertThat(b.longestSilenceMillis(a, since)).as("sound, seed %d", seed).isLessThan(1_500);
        down.rate(VirtualLink.UNLIMITED);
        runMillis(20_000);
        assertThat(b.sizeOf(a)).as("wide again, seed %d", seed).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"2500, 41", "10000, 42", "10000, 43"})
    void theLargePictureIsBackSoonAfterTheNetworkWasGone(long goneMillis, long seed) throws Exception {
        lab = new CallLab(seed);
        MeetingClient a = join(seed);
        VirtualLink down = link(seed).rate(8_000_000);
        VirtualLink up = link(seed);
        joined++;
        MeetingClient b =
                MeetingClient.join(lab, joined, seed + joined, down, up).watching();
        clients.add(b);
        runMillis(25_000);
        assertThat(b.sizeOf(a)).as("before, seed %d", seed).isEqualTo(2);
        down.cut(true);
        up.cut(true);
        runMillis(goneMillis);
        down.cut(false);
        up.cut(false);
        long back = lab.now();
        runMillis(1_500);
        assertThat(b.videoPackets(a, back)).as("a second later, seed %d", seed).isGreaterThan(20);
        runMillis(10_000);
        assertThat(b.sizeOf(a)).as("ten seconds later, seed %d", seed).isEqualTo(2);
        assertThat(b.longestStandstillMillis(a, back)).as("seed %d", seed).isLessThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void oneBadReceiverDoesNotLowerTheOthers(long seed) throws Exception {
        lab = new CallLab(seed);
        MeetingClient a = join(seed);
        MeetingClient good = join(seed).watching();
        MeetingClient bad = join(seed, link(seed).rate(400_000).loss(0.1).queueMillis(1_000))
                .watching();
        runMillis(10_000);
        assertThat(meanEstimate(good, 20)).as("seed %d", seed).isGreaterThan(2_000_000);
        assertThat(good.sizeOf(a)).as("seed %d", seed).isGreaterThanOrEqualTo(bad.sizeOf(a));
        assertThat(good.soundArrived(a)).as("sound, seed %d", seed).isGreaterThan(0.999);
        assertThat(good.missingOf(a)).as("seed %d", seed).isLessThan(20);
        assertThat(bad.estimate()).as("seed %d", seed).isLessThan(450_000);
        assertThat(bad.soundArrived(a))
                .as("sound of the bad one, seed %d", seed)
                .isGreaterThan(0.6);
        assertThat(a.keyFrames())
                .as("asked for because of the bad one, seed %d", seed)
                .isLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void reorderedAndDoubledPacketsAreForwardedOnce(long seed) throws Exception {
        lab = new CallLab(seed);
        joined++;
        MeetingClient a = MeetingClient.join(
                lab,
                joined,
                seed,
                link(seed),
                link(seed).reordered(0.05).doubled(0.05).loss(0.01));
        clients.add(a);
        MeetingClient b = join(seed, link(seed).reordered(0.05).doubled(0.05)).watching();
        runMillis(30_000);
        assertThat(b.twice()).as("seed %d", seed).isZero();
        assertThat(b.estimate()).as("seed %d", seed).isGreaterThan(2_000_000);
        assertThat(b.missingOf(a)).as("but what is on its way, seed %d", seed).isLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({"0, 51", "0.05, 52", "0.2, 53"})
    void theBridgeAddsNeitherDelayNorReordering(double reordered, long seed) throws Exception {
        lab = new CallLab(seed);
        joined++;
        VirtualLink up = new VirtualLink(lab.time(), seed).reordered(reordered);
        MeetingClient a = MeetingClient.join(lab, joined, seed, link(seed), up);
        MeetingClient b = join(seed, new VirtualLink(lab.time(), seed + 1)).watching();
        runMillis(10_000);
        assertThat(b.sizeOf(a)).as("seed %d", seed).isEqualTo(2);
        Journeys journeys = b.journeysOf(a);
        journeys.forget();
        runMillis(20_000);
        assertThat(journeys.count()).as("seed %d", seed).isGreaterThan(5_000);
        assertThat(journeys.shortestMillis()).as("twenty each way").isEqualTo(40);
        assertThat(journeys.longestMillis())
                .as("with what the network held up, seed %d", seed)
                .isLessThanOrEqualTo(reordered == 0 ? 40 : 71);
        assertThat(journeys.slowerThanMillis(41))
                .as("no more than the network held up, seed %d", seed)
                .isLessThanOrEqualTo(1.2 * reordered);
        assertThat(journeys.overtaken())
                .as("no more than the network held up, seed %d", seed)
                .isLessThanOrEqualTo((int) (1.2 * reordered * journeys.count()));
        assertThat(b.missingOf(a)).as("seed %d", seed).isLessThan(10);
    }
}
