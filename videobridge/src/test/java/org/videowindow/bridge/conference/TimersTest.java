package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.srtp.CryptoProvider;

/** When a worker that is awake because of packets, or asleep, looks at its timers. */
class TimersTest {
    private static final long MILLI = 1_000_000L;
    private static final long END = 600 * MILLI;

    /** Milliseconds between turns with packets, 0 for none; how often timers are looked at, and how often for that alone. */
    @ParameterizedTest
    @CsvSource({
        // Nobody sends: every ten milliseconds.
        "0, 60, 60",
        // Packets all the time: not with each, and the worker never wakes up for timers alone.
        "1, 120, 0",
        "6, 100, 0",
        "10, 60, 0",
        // Packets now and then: with those that come shortly before timers would.
        "14, 64, 43",
        "20, 60, 30",
    })
    void timersAreLookedAtWhileTheWorkerIsAwake(int apart, int looks, int alone) throws ConferenceException {
        SealedRoom room = SealedRoom.open(CryptoProvider.JAVA, 1, (port, memory, offset, length) -> {}, 0);
        room.tick(0);
        int looked = 0;
        int wokeUp = 0;
        long packets = apart == 0 ? END + 1 : apart * MILLI;
        for (long now = 0; now < END; ) {
            long due = now + room.untilTick(now);
            now = Math.min(due, packets);
            boolean hasPackets = now == packets;
            if (hasPackets) {
                packets += apart * MILLI;
            }
            if (now <= END && (!hasPackets || room.hasTick(now))) {
                room.tick(now);
                looked++;
                wokeUp += hasPackets ? 0 : 1;
            }
        }
        assertThat(looked).as("looks at timers").isBetween(looks - 1, looks + 1);
        assertThat(wokeUp).as("of them for timers alone").isBetween(alone - 1, alone + 1);
    }
}
