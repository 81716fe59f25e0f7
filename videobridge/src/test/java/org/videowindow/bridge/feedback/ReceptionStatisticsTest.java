package org.videowindow.bridge.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtcp.ReportBlock;

class ReceptionStatisticsTest {
    private static final long MILLI = 1_000_000;
    private final ReceptionStatistics statistics = new ReceptionStatistics(48_000);
    private final byte[] block = new byte[ReportBlock.BYTES + 5];

    private void write(long now) {
        assertThat(statistics.writeBlock(block, 5, 77, now)).isEqualTo(24);
        assertThat(ReportBlock.ssrc(block, 5)).isEqualTo(77);
    }

    private void feed(int from, int count, long start) {
        for (int i = 0; i < count; i++) {
            statistics.received((from + i) & 0xFFFF, (from + i) * 960, start + i * 20L * MILLI);
        }
    }

    @Test
    void countsLossPerIntervalAndInTotalAcrossAWrap() {
        feed(65_500, 20, 0);
        feed(65_530, 26, 0);
        write(0);
        assertThat(ReportBlock.fractionLost(block, 5)).isEqualTo(10 * 256 / 56);
        assertThat(ReportBlock.cumulativeLost(block, 5)).isEqualTo(10);
        assertThat(ReportBlock.highestSequence(block, 5)).isEqualTo(0x1_0000 | (65_530 + 25 - 65_536));
        feed(20, 50, 0);
        write(0);
        assertThat(ReportBlock.fractionLost(block, 5)).isZero();
        assertThat(ReportBlock.cumulativeLost(block, 5)).isEqualTo(10);
        assertThat(statistics.received()).isEqualTo(96);
    }

    @Test
    void duplicatesMakeTheLossNegative() {
        feed(1, 10, 0);
        feed(1, 10, 0);
        write(0);
        assertThat(ReportBlock.fractionLost(block, 5)).isZero();
        assertThat(ReportBlock.cumulativeLost(block, 5)).isEqualTo(-10);
    }

    @Test
    void anEvenStreamHasNoJitterAndAnUnevenOneHas() {
        feed(1, 200, 0);
        assertThat(statistics.jitter()).isZero();
        for (int i = 0; i < 500; i++) {
            // Every second packet 5 ms late: transit differs by 240 ticks each time.
            statistics.received(201 + i, (201 + i) * 960, (200 + i) * 20L * MILLI + (i % 2) * 5L * MILLI);
        }
        assertThat(statistics.jitter()).isBetween(220L, 240L);
    }

    @Test
    void theTimestampMayWrap() {
        statistics.received(1, -960, 0);
        statistics.received(2, 0, 20 * MILLI);
        statistics.received(3, 960, 40 * MILLI);
        assertThat(statistics.jitter()).isZero();
    }

    @Test
    void oneStrangeNumberIsIgnoredAndTwoInARowAreARestart() {
        feed(100, 10, 0);
        statistics.received(40_000, 0, 0);
        feed(110, 10, 0);
        write(0);
        assertThat(ReportBlock.highestSequence(block, 5)).isEqualTo(119);
        assertThat(ReportBlock.cumulativeLost(block, 5)).isZero();
        statistics.received(40_000, 0, 0);
        statistics.received(40_001, 960, 0);
        write(0);
        assertThat(ReportBlock.highestSequence(block, 5)).isEqualTo(40_001);
        assertThat(ReportBlock.cumulativeLost(block, 5)).isZero();
    }

    @Test
    void answersTheLastSenderReportWithTheTimeSince() {
        feed(1, 5, 0);
        write(0);
        assertThat(ReportBlock.lastSenderReport(block, 5)).isZero();
        assertThat(ReportBlock.delaySinceLastSenderReport(block, 5)).isZero();
        statistics.senderReport(0x0102_0304_0506_0708L, 1000 * MILLI);
        write(1500 * MILLI);
        assertThat(ReportBlock.lastSenderReport(block, 5)).isEqualTo(0x0304_0506);
        assertThat(ReportBlock.delaySinceLastSenderReport(block, 5)).isEqualTo(32_768);
    }
}
