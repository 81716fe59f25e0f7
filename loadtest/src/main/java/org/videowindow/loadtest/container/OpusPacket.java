package org.videowindow.loadtest.container;

import java.time.Duration;

/** What an Opus packet says of itself (RFC 6716 section 3.1). */
public final class OpusPacket {
    private static final int[] SILK_MICROS = {10_000, 20_000, 40_000, 60_000};
    private static final int[] HYBRID_MICROS = {10_000, 20_000};
    private static final int[] CELT_MICROS = {2_500, 5_000, 10_000, 20_000};

    private OpusPacket() {}

    /** How long it sounds; zero for an empty packet or one without frames. */
    public static Duration duration(byte[] packet) {
        if (packet.length == 0) {
            return Duration.ZERO;
        }
        int configuration = (packet[0] & 0xff) >>> 3;
        int micros;
        if (configuration < 12) {
            micros = SILK_MICROS[configuration & 3];
        } else if (configuration < 16) {
            micros = HYBRID_MICROS[configuration & 1];
        } else {
            micros = CELT_MICROS[configuration & 3];
        }
        int frames = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length > 1 ? packet[1] & 0x3f : 0;
        };
        return Duration.ofNanos(1_000L * micros * frames);
    }
}
