package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a connected endpoint that is silent keeps of the heap. {@link MemoryCost} measures native memory as well. */
class IdleEndpointMemoryTest {
    private static final int WARM_UP = 20;
    private static final int MEASURED = 60;
    private static final long BOUND_BYTES = 120_000;

    @Test
    void aConnectedEndpointTakesLittleOfTheHeap() throws Exception {
        try (IdleEndpoints endpoints = new IdleEndpoints()) {
            endpoints.connect(WARM_UP);
            long before = IdleEndpoints.heapInUse();
            endpoints.connect(MEASURED);
            long each = (IdleEndpoints.heapInUse() - before) / MEASURED;
            System.out.printf("heap per idle connected endpoint: %d KB%n", each / 1024);
            assertThat(endpoints.connected()).isEqualTo(WARM_UP + MEASURED);
            assertThat(each).isLessThan(BOUND_BYTES);
        }
    }
}
