package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    private static final SetUp EVERYTHING = new SetUp(8, 8, 8, 8, true, true, "127.0.0.1", true);

    @Test
    void noTwoInstancesShareAPort() {
        Set<String> seen = new HashSet<>();
        for (Instance instance : EVERYTHING.instances()) {
            for (Port port : new Ports(0, 64).of(instance)) {
                assertThat(seen.add(port.toString()))
                        .as("%s of %s", port, instance)
                        .isTrue();
            }
        }
    }

    @Test
    void theOffsetMovesEveryPort() {
        for (Instance instance : EVERYTHING.instances()) {
            var plain = new Ports(0, 2).of(instance);
            var moved = new Ports(1000, 2).of(instance);
            for (int i = 0; i < plain.size(); i++) {
                assertThat(moved.get(i).number()).isEqualTo(plain.get(i).number() + 1000);
            }
        }
    }

    @Test
    void theBridgeHasOneMediaPortAWorker() {
        assertThat(new Ports(0, 3).of(new Instance(Part.VIDEOBRIDGE, 2)))
                .filteredOn(port -> port.transport() == Port.Transport.UDP)
                .extracting(Port::number)
                .containsExactly(10_100, 10_101, 10_102);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 50_001})
    void anOffsetOutOfRangeIsRefusedByName(int offset) {
        assertThatThrownBy(() -> new Ports(offset, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("VIDEO_WINDOW_PORT_OFFSET");
    }
}
