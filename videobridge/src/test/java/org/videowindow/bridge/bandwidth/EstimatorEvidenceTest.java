package org.videowindow.bridge.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.videowindow.bridge.feedback.TransportFeedbackSender;
import org.videowindow.bridge.rtcp.TransportFeedback;

/** What the estimator believes, and what it does not. */
class EstimatorEvidenceTest {
    private static final long MILLI = 1_000_000;
    private final BandwidthEstimator estimator = new BandwidthEstimator(0);

    @Test
    void beginsWithTheStartAndIsFreeWithoutFeedback() {
        assertThat(estimator.estimateBps(0)).isEqualTo(BandwidthEstimator.START_BPS);
        estimator.sent(1, 1_000, 0);
        assertThat(estimator.estimateBps(10 * MILLI)).isEqualTo(BandwidthEstimator.START_BPS);
        assertThat(estimator.estimateBps(1_001 * MILLI)).isEqualTo(BandwidthEstimator.MOST_BPS);
    }

    @Test
    void whoCanBeSentSomethingIsFreeAfterASecondEvenIfNothingWasSmallEnoughToBeSent() {
        estimator.reachable(5_000 * MILLI);
        assertThat(estimator.estimateBps(5_999 * MILLI)).isEqualTo(BandwidthEstimator.START_BPS);
        estimator.reachable(5_500 * MILLI);
        assertThat(estimator.estimateBps(6_001 * MILLI)).isEqualTo(BandwidthEstimator.MOST_BPS);
    }

    @Test
    void theReceiversOwnEstimateCountsWhileItIsFresh() {
        estimator.sent(1, 1_000, 0);
        estimator.remb(1_200_000, 100 * MILLI);
        assertThat(estimator.estimateBps(200 * MILLI))
                .as("feedback may still come")
                .isEqualTo(BandwidthEstimator.START_BPS);
        estimator.remb(300_000, 300 * MILLI);
        assertThat(estimator.estimateBps(400 * MILLI)).isEqualTo(300_000);
        estimator.remb(1_200_000, 1_100 * MILLI);
        assertThat(estimator.estimateBps(1_200 * MILLI)).isEqualTo(1_200_000);
        assertThat(estimator.limitedBy(1_200 * MILLI)).isEqualTo("remb");
        estimator.remb(Long.MAX_VALUE, 1_300 * MILLI);
        assertThat(estimator.estimateBps(1_400 * MILLI)).isEqualTo(BandwidthEstimator.MOST_BPS);
        estimator.remb(0, 1_500 * MILLI);
        assertThat(estimator.estimateBps(1_600 * MILLI)).isEqualTo(BandwidthEstimator.LEAST_BPS);
        assertThat(estimator.estimateBps(20_000 * MILLI)).isEqualTo(BandwidthEstimator.MOST_BPS);
    }

    @Test
    void reportedLossesLimitWhoGivesNoFeedback() {
        long now = 0;
        for (int i = 0; i < 3_000; i++) {
            now += MILLI;
            estimator.sent(i, 250, now);
        }
        estimator.lossReport(64, now);
        assertThat(estimator.estimateBps(now)).isBetween(1_500_000L, 1_900_000L);
        estimator.lossReport(64, now + 50 * MILLI);
        assertThat(estimator.estimateBps(now)).as("its effect is awaited").isGreaterThan(1_500_000L);
    }

    @Test
    void feedbackAboutWhatWasNeverSentIsNoFeedback() {
        byte[] message = new byte[200];
        TransportFeedback view = new TransportFeedback();
        TransportFeedbackSender other = new TransportFeedbackSender();
        other.received(500, 0);
        assertThat(view.wrap(message, 0, other.write(message, 0, message.length, 1, 2, 50 * MILLI)))
                .isTrue();
        estimator.sent(1, 1_000, 0);
        estimator.feedback(view, 50 * MILLI);
        assertThat(estimator.hasFeedback()).isFalse();
        estimator.want(2_000_000);
        estimator.tick(60 * MILLI);
        assertThat(estimator.probeBytes(60 * MILLI)).isZero();
    }

    @Test
    void nothingIsProbedUntilMoreIsWanted() {
        for (int i = 0; i < 100; i++) {
            estimator.tick(i * MILLI);
            assertThat(estimator.isProbing()).isFalse();
            assertThat(estimator.probeBytes(i * MILLI)).isZero();
        }
    }
}
