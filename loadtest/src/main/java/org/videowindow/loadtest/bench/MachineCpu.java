package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time that all processes of the machine have used, from {@code /proc/stat}. */
final class MachineCpu {
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    private MachineCpu() {}

    /** Seconds of all cores since the start of the machine, without idling. */
    static double seconds() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+");
        long busy = 0;
        for (int i = 1; i <= STOLEN && i < fields.length; i++) {
            if (i != IDLE && i != WAITING) {
                busy += Long.parseLong(fields[i]);
            }
        }
        return busy / TICKS_PER_SECOND;
    }
}
