package org.videowindow.bridge.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoudestSpeakersTest {
    private static final long PACKET = 20_000_000L;
    private static final int SILENT = 127;
    private static final int SPEAKING = 40;
    private static final int LOUD = 15;

    private final LoudestSpeakers loudest = new LoudestSpeakers(3, 500);
    private long now = -5;

    /** Everybody sends for a while, at these levels; how many of each one's packets are forwarded. */
    private int[] send(int packets, int... levels) {
        int[] forwarded = new int[levels.length];
        for (int packet = 0; packet < packets; packet++) {
            for (int speaker = 0; speaker < levels.length; speaker++) {
                if (levels[speaker] >= 0 && loudest.admits(speaker, levels[speaker], now)) {
                    forwarded[speaker]++;
                }
            }
            now += PACKET;
        }
        return forwarded;
    }

    @Test
    void withNoMoreSendersThanPlacesNothingIsLeftOut() {
        assertThat(send(500, SILENT, SPEAKING, SILENT)).containsOnly(500);
        assertThat(send(500, LOUD, SILENT, SILENT)).containsOnly(500);
    }

    @Test
    void oneMoreIsHeardFromTheFirstPacketOfSpeech() {
        assertThat(send(200, SILENT, SILENT, SILENT, SILENT)).containsExactly(200, 200, 200, 0);
        assertThat(send(10, SILENT, SILENT, SILENT, SPEAKING)[3]).isEqualTo(10);
    }

    @Test
    void whoPausesKeepsThePlaceForAWhile() {
        send(200, SPEAKING, SPEAKING, SPEAKING, SILENT);
        int[] pause = send(95, SILENT, SPEAKING, SPEAKING, SPEAKING);
        assertThat(pause[0]).as("nobody is cut within a sentence").isEqualTo(95);
        assertThat(pause[3]).as("the next one is heard soon").isGreaterThan(75);
        assertThat(send(50, SPEAKING, SPEAKING, SPEAKING, SPEAKING)[0])
                .as("and the first one when it goes on")
                .isPositive();
    }

    @Test
    void whoIsOutdoneIsNotCutAtOnce() {
        send(200, SPEAKING, SPEAKING, SPEAKING, SILENT);
        int[] shouting = send(50, SPEAKING, SPEAKING, SPEAKING, LOUD);
        assertThat(shouting).as("everybody for a second").containsOnly(50);
        int[] later = send(200, SPEAKING, SPEAKING, SPEAKING, LOUD);
        assertThat(later[3]).isEqualTo(200);
        int least = 200;
        for (int count : later) {
            least = Math.min(least, count);
        }
        assertThat(least).as("one had to go").isLessThan(110);
    }

    @Test
    void whoStopsSendingLeavesThePlace() {
        send(200, SILENT, SILENT, SILENT, SILENT);
        send(200, -1, SILENT, SILENT, SILENT);
        assertThat(send(100, -1, SILENT, SILENT, SILENT)).containsExactly(0, 100, 100, 100);
    }

    @Test
    void whoLeavesMakesRoom() {
        send(10, SILENT, SILENT, SILENT, SILENT);
        loudest.remove(1);
        loudest.remove(77);
        assertThat(send(10, SILENT, -1, SILENT, SILENT)).containsExactly(10, 0, 10, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void neverManyMoreThanPlaces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int packet = 0; packet < 5_000; packet++) {
            int forwarded = 0;
            int placed = 0;
            for (int speaker = 0; speaker < 40; speaker++) {
                forwarded += loudest.admits(speaker, random.nextInt(128), now) ? 1 : 0;
            }
            for (int speaker = 0; speaker < 40; speaker++) {
                placed += loudest.hasPlace(speaker) ? 1 : 0;
            }
            assertThat(placed).as("seed %d", seed).isEqualTo(3);
            assertThat(forwarded).as("seed %d", seed).isPositive();
            now += PACKET;
        }
    }
}
