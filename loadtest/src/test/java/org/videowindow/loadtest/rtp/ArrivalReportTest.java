package org.videowindow.loadtest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalReportTest {
    private static final long TICK = 250_000L;

    @Test
    void everyArrivalIsReportedOnceToAQuarterOfAMillisecond() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ArrivalReport report = new ArrivalReport();
            Map<Integer, Long> sent = new HashMap<>();
            Map<Integer, Long> reported = new HashMap<>();
            long now = 1_700_000_000_000_000_000L;
            for (int sequence = 65_000; sequence < 66_000; sequence++) {
                now += random.nextInt(10) == 0 ? random.nextInt(200_000_000) : random.nextInt(2_000_000);
                if (random.nextInt(10) != 0) {
                    report.arrived(sequence & 0xffff, now);
                    sent.put(sequence & 0xffff, now / TICK);
                }
                if (random.nextInt(30) == 0) {
                    collect(report, reported);
                }
            }
            collect(report, reported);
            assertThat(reported).as("seed %d", seed).isEqualTo(base(sent));
        }
    }

    private static Map<Integer, Long> base(Map<Integer, Long> ticks) {
        Map<Integer, Long> cut = new HashMap<>();
        ticks.forEach((sequence, tick) -> cut.put(sequence, tick % (256L << 24)));
        return cut;
    }

    /** Reads reports as a sender would. */
    private static void collect(ArrivalReport report, Map<Integer, Long> into) {
        byte[] out = new byte[2048];
        while (report.isPending()) {
            int end = report.write(out, 0, 1, 2);
            assertThat(end).isEqualTo(4 * (Bytes.u16(out, 2) + 1));
            int base = Bytes.u16(out, 12);
            int count = Bytes.u16(out, 14);
            long tick = (long) (Bytes.i32(out, 16) >>> 8) * 256;
            int delta = 20 + 2 * ((count + 6) / 7);
            for (int i = 0; i < count; i++) {
                int symbol = Bytes.u16(out, 20 + 2 * (i / 7)) >> (12 - 2 * (i % 7)) & 3;
                if (symbol != 0) {
                    tick += symbol == 1 ? Bytes.u8(out, delta) : (short) Bytes.u16(out, delta);
                    delta += symbol;
                    assertThat(into.put((base + i) & 0xffff, tick)).isNull();
                }
            }
        }
    }
}
