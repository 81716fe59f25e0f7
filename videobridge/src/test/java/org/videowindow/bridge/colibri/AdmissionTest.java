package org.videowindow.bridge.colibri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.colibri.Admission.State;

class AdmissionTest {
    private final Admission admission = new Admission();
    private final AtomicInteger changes = new AtomicInteger();

    @BeforeEach
    void listen() {
        admission.onChange(changes::incrementAndGet);
    }

    @Test
    void theOperatorDrainsAndTakesItBack() {
        assertThat(admission.acceptsConferences()).isTrue();
        admission.drain(true);
        admission.drain(true);
        assertThat(admission.acceptsConferences()).isFalse();
        admission.drain(false);
        assertThat(admission.acceptsConferences()).isTrue();
        assertThat(changes).hasValue(2);
    }

    @Test
    void whatIsToStopDoesNotOpenAgain() {
        assertThat(admission.endAfterTheLast()).isTrue();
        assertThat(admission.endAfterTheLast()).isFalse();
        admission.drain(false);
        assertThat(admission.state()).isEqualTo(State.ENDING);
        admission.stop();
        admission.stop();
        assertThat(admission.endAfterTheLast()).isFalse();
        assertThat(admission.state()).isEqualTo(State.STOPPING);
        assertThat(changes).hasValue(2);
    }

    @Test
    void aDrainedBridgeCanBeToldToEnd() {
        admission.drain(true);
        assertThat(admission.endAfterTheLast()).isTrue();
        assertThat(admission.acceptsConferences()).isFalse();
    }
}
