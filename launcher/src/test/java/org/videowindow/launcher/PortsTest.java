package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Test
    void noTwoPartsShareAPort() {
        Set<String> seen = new HashSet<>();
        for (Part part : Part.values()) {
            for (Port port : new Ports(0, 8).of(part)) {
                assertThat(seen.add(port.toString())).as("%s of %s", port, part).isTrue();
            }
        }
    }

    @Test
    void theOffsetMovesEveryPort() {
        for (Part part : Part.values()) {
            var plain = new Ports(0, 2).of(part);
            var moved = new Ports(1000, 2).of(part);
            for (int i = 0; i < plain.size(); i++) {
                assertThat(moved.get(i).number()).isEqualTo(plain.get(i).number() + 1000);
            }
        }
    }

    @Test
    void theBridgeHasOneMediaPortAWorker() {
        assertThat(new Ports(0, 3).of(Part.VIDEOBRIDGE))
                .filteredOn(port -> port.transport() == Port.Transport.UDP)
                .extracting(Port::number)
                .containsExactly(10_000, 10_001, 10_002);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 50_001})
    void anOffsetOutOfRangeIsRefusedByName(int offset) {
        assertThatThrownBy(() -> new Ports(offset, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("VIDEO_WINDOW_PORT_OFFSET");
    }
}
