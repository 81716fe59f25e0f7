package org.videowindow.bridge.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.videowindow.bridge.config.LoadSettings;

class LoadModelTest {
    private final LoadModel model = new LoadModel(new LoadSettings(0.8, 10_000), 2);

    @Test
    void anIdleBridgeHasNoStress() {
        seconds(60, 0, 0);
        assertThat(model.stress()).isZero();
    }

    @Test
    void stressIsTheLargerOfTheTwoShares() {
        seconds(120, 0.4, 1_000);
        assertThat(model.stress()).isEqualTo(0.5, within(0.01));

        seconds(120, 0.4, 20_000);
        assertThat(model.stress()).isEqualTo(1.0, within(0.01));
    }

    @Test
    void overloadIsTold() {
        seconds(120, 0, 60_000);
        assertThat(model.stress()).isEqualTo(3.0, within(0.01));
    }

    @Test
    void oneBadSecondDoesNotCount() {
        seconds(120, 0.1, 0);
        model.measured(1.0, 0, 1);
        assertThat(model.stress()).isLessThan(0.25);
    }

    @Test
    void anUnknownCpuLoadIsLeftOut() {
        seconds(120, 0.4, 0);
        seconds(120, -1, 0);
        assertThat(model.stress()).isEqualTo(0.5, within(0.01));
    }

    private void seconds(int count, double cpu, long packets) {
        for (int i = 0; i < count; i++) {
            model.measured(cpu, packets, 1);
        }
    }
}
