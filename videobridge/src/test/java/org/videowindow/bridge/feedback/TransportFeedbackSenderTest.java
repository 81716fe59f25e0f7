package org.videowindow.bridge.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtcp.TransportFeedback;

class TransportFeedbackSenderTest {
    private static final long MILLI = 1_000_000;
    private final TransportFeedbackSender sender = new TransportFeedbackSender();
    private final TransportFeedback feedback = new TransportFeedback();
    private final byte[] out = new byte[1500];
    private int lastCount = -1;

    /** All feedback that is due, as text of number and arrival in ms. */
    private List<String> write(long now) {
        List<String> reported = new ArrayList<>();
        int length;
        while ((length = sender.write(out, 3, 1200, 1, 2, now)) > 0) {
            assertThat(length).isLessThanOrEqualTo(1200);
            assertThat(feedback.wrap(out, 3, length)).isTrue();
            assertThat(feedback.feedbackCount()).isEqualTo((lastCount + 1) & 0xFF);
            lastCount = feedback.feedbackCount();
            while (feedback.next()) {
                reported.add(feedback.sequence() + (feedback.received() ? "@" + feedback.arrivalTicks() / 4.0 : "-"));
            }
        }
        return reported;
    }

    @Test
    void reportsArrivalsAndGapsOnceInOrder() {
        sender.received(65_534, 1000 * MILLI);
        sender.received(65_535, 1001 * MILLI);
        sender.received(1, 1003 * MILLI + MILLI / 2);
        assertThat(write(1050 * MILLI)).containsExactly("65534@0.0", "65535@1.0", "0-", "1@3.5");
        assertThat(write(1060 * MILLI)).isEmpty();
        sender.received(3, 1070 * MILLI);
        assertThat(write(1100 * MILLI)).containsExactly("2-", "3@70.0");
    }

    @Test
    void aPacketThatWasReportedLostAndComesAfterAllIsReportedAgain() {
        sender.received(1, 0);
        sender.received(3, MILLI);
        assertThat(write(50 * MILLI)).containsExactly("1@0.0", "2-", "3@1.0");
        sender.received(4, 60 * MILLI);
        sender.received(2, 61 * MILLI);
        assertThat(write(100 * MILLI)).containsExactly("2@61.0", "3@1.0", "4@60.0");
        sender.received(2, 110 * MILLI);
        assertThat(write(150 * MILLI)).isEmpty();
    }

    @Test
    void isDueAfterItsIntervalOrWhenMuchHasCome() {
        assertThat(sender.due(0)).isFalse();
        assertThat(sender.nextTime()).isEqualTo(Long.MAX_VALUE);
        sender.received(1, 10 * MILLI);
        assertThat(sender.due(59 * MILLI)).isFalse();
        assertThat(sender.nextTime()).isEqualTo(60 * MILLI);
        assertThat(sender.due(60 * MILLI)).isTrue();
        write(60 * MILLI);
        assertThat(sender.due(200 * MILLI)).isFalse();
        for (int i = 0; i < TransportFeedbackSender.EAGER_PACKETS; i++) {
            sender.received(2 + i, 61 * MILLI);
        }
        assertThat(sender.due(61 * MILLI)).isTrue();
    }

    @Test
    void aJumpBeyondTheWindowStartsAnew() {
        sender.received(1, 0);
        sender.received(30_000, MILLI);
        assertThat(write(50 * MILLI)).containsExactly("30000@1.0");
        sender.received(10, 60 * MILLI);
        assertThat(write(100 * MILLI)).isEmpty();
    }

    @Test
    void aLongSilenceBetweenTwoPacketsTakesTwoFeedbacks() {
        sender.received(1, 0);
        sender.received(2, 60_000 * MILLI);
        assertThat(write(60_050 * MILLI)).containsExactly("1@0.0", "2@60000.0");
    }

    /** Every packet that arrived is reported as received at its time, at the latest with the next feedback. */
    @Test
    void everyArrivalIsReportedAcrossWrapsLossAndDisorder() {
        Random random = new Random(12);
        Map<Integer, Double> arrived = new HashMap<>();
        long now = 0;
        int next = 60_000;
        for (int round = 0; round < 3_000; round++) {
            arrived.clear();
            int packets = random.nextInt(120);
            for (int i = 0; i < packets; i++) {
                now += random.nextInt(4) * MILLI / 4;
                next += random.nextInt(10) == 0 ? 4 : 1;
                sender.received(next & 0xFFFF, now);
                arrived.put(next & 0xFFFF, now / (double) MILLI);
            }
            List<String> reported = write(now);
            Map<Integer, String> byNumber = new HashMap<>();
            reported.forEach(text -> byNumber.put(Integer.parseInt(text.split("[@-]")[0]), text));
            // Reference time wraps after 12 days, far away; the first packet's arrival is the clock's zero.
            double zero = first(arrived);
            for (Map.Entry<Integer, Double> each : arrived.entrySet()) {
                assertThat(byNumber.get(each.getKey())).isEqualTo(each.getKey() + "@" + (each.getValue() - zero));
            }
        }
    }

    private double zero = -1;

    private double first(Map<Integer, Double> arrived) {
        if (zero < 0 && !arrived.isEmpty()) {
            zero = arrived.values().stream().mapToDouble(d -> d).min().orElseThrow();
        }
        return zero;
    }
}
