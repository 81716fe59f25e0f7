package org.videowindow.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.videowindow.loadtest.endpoint.Totals;

class DeliveryTest {
    /** Packets, sound among them, expected by sequence numbers and repaired. */
    private static Totals received(long packets, long sound, long expected, long repaired) {
        return new Totals(packets, sound, 0, 7, expected, repaired, 3, 2, 0, 0, 0, 0, 4);
    }

    @Test
    void whatAServerLeavesOutWithoutAGapDidNotCome() {
        Delivery before = Delivery.of(1_000, 600, received(1_600, 1_000, 1_600, 0));
        // All of the sound and a quarter of the pictures, ten of those repaired; no sequence number is missing.
        Totals totals = received(2_790, 2_000, 2_800, 10);
        Delivery window = Delivery.of(2_000, 1_400, totals).since(before);
        assertThat(totals.lost()).isZero();
        assertThat(window).isEqualTo(new Delivery(1_000, 1_000, 800, 200));
        assertThat(window.soundShare()).isEqualTo(1);
        assertThat(window.videoShare()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void whereNothingIsOfferedThereIsNoShare() {
        Delivery nothing = Delivery.of(0, 0, Totals.NOTHING);
        assertThat(nothing.soundShare()).isNaN();
        assertThat(nothing.videoShare()).isNaN();
    }
}
