package org.videowindow.bridge.retransmit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketRingTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    private static int enter(PacketRing ring, int sequence, byte[] packet, long now) {
        int at = ring.reserve(packet.length, now);
        System.arraycopy(packet, 0, ring.buffer(), at, packet.length);
        return ring.commit(sequence, packet.length, now);
    }

    private static byte[] read(PacketRing ring, int entry) {
        return Arrays.copyOfRange(ring.buffer(), ring.offset(entry), ring.offset(entry) + ring.length(entry));
    }

    /** Whatever is found is what was entered, and what is young enough and within the bound is found. */
    @Test
    void findsWhatWasEnteredAcrossWrapsGrowthAndDisorder() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            PacketRing ring = new PacketRing(256 * 1024, SECOND);
            Map<Integer, byte[]> model = new HashMap<>();
            Map<Integer, Long> entered = new HashMap<>();
            int next = 65_000;
            long now = -5 * SECOND;
            for (int step = 0; step < 4_000; step++) {
                now += random.nextInt(8) * MILLI;
                next += random.nextInt(10) == 0 ? 3 : 1;
                int number = random.nextInt(20) == 0 ? next - random.nextInt(30) : next;
                if (random.nextInt(500) == 0) {
                    next += 20_000;
                }
                byte[] packet = new byte[1 + random.nextInt(1400)];
                random.nextBytes(packet);
                int entry = enter(ring, number & 0xFFFF, packet, now);
                model.put(number & 0xFFFF, packet);
                entered.put(number & 0xFFFF, now);
                assertThat(read(ring, entry)).isEqualTo(packet);
                assertThat(ring.sequence(entry)).isEqualTo(number & 0xFFFF);
                assertThat(ring.find(number & 0xFFFF, now, SECOND)).isEqualTo(entry);

                int asked = (next - random.nextInt(600)) & 0xFFFF;
                int found = ring.find(asked, now, SECOND);
                if (found != PacketRing.NONE) {
                    assertThat(read(ring, found))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(model.get(asked));
                    assertThat(now - entered.get(asked)).isLessThanOrEqualTo(SECOND);
                }
            }
            assertThat(ring.buffer().length).isEqualTo(256 * 1024);
            assertThat(ring.size()).isBetween(200, 1024);
        }
    }

    @Test
    void audioStaysSmallAndVideoGrowsToItsRate() {
        PacketRing audio = new PacketRing(1 << 20, SECOND / 5);
        PacketRing video = new PacketRing(1 << 20, SECOND / 2);
        for (int i = 0; i < 5_000; i++) {
            enter(audio, i & 0xFFFF, new byte[100], i * 20L * MILLI);
            // 2.4 Mbit/s
            enter(video, i & 0xFFFF, new byte[1200], i * 4L * MILLI);
        }
        assertThat(audio.buffer().length).isEqualTo(PacketRing.INITIAL_BYTES);
        assertThat(video.buffer().length).isBetween(150_000, 256 * 1024);
        assertThat(video.find(4_999 - 120, 5_000 * 4L * MILLI, SECOND)).isNotEqualTo(PacketRing.NONE);
    }

    @Test
    void entriesStayValidWhileTheRingGrows() {
        PacketRing ring = new PacketRing(1 << 18, SECOND);
        int[] entries = new int[64];
        for (int i = 0; i < 64; i++) {
            byte[] packet = new byte[1300];
            Arrays.fill(packet, (byte) i);
            entries[i] = enter(ring, i, packet, 0);
        }
        assertThat(ring.buffer().length).isEqualTo(128 * 1024);
        for (int i = 0; i < 64; i++) {
            assertThat(ring.sequence(entries[i])).isEqualTo(i);
            assertThat(read(ring, entries[i])).containsOnly(i).hasSize(1300);
        }
    }

    @Test
    void aPacketTooOldIsNotFoundThoughItIsThere() {
        PacketRing ring = new PacketRing(1 << 16, SECOND);
        enter(ring, 10, new byte[100], 0);
        assertThat(ring.find(10, SECOND, SECOND)).isNotEqualTo(PacketRing.NONE);
        assertThat(ring.find(10, SECOND + 1, SECOND)).isEqualTo(PacketRing.NONE);
        assertThat(ring.contains(10)).isTrue();
        assertThat(ring.contains(11)).isFalse();
        assertThat(ring.contains((10 + 32_768) & 0xFFFF)).isFalse();
    }

    @Test
    void whatWasReservedButNotCommittedIsGivenOutAgain() {
        PacketRing ring = new PacketRing(1 << 16, SECOND);
        int first = ring.reserve(1000, 0);
        assertThat(ring.reserve(500, 0)).isEqualTo(first);
        ring.commit(1, 200, 0);
        assertThat(ring.reserve(500, 0)).isEqualTo(first + 200);
        assertThat(ring.size()).isEqualTo(1);
    }

    @Test
    void anEmptyRingKnowsNothing() {
        PacketRing ring = new PacketRing(1 << 16, SECOND);
        assertThat(ring.find(0, 0, SECOND)).isEqualTo(PacketRing.NONE);
        assertThat(ring.newestSequence()).isEqualTo(PacketRing.NONE);
    }

    @Test
    void aSecondCopyTakesTheFirstOnesPlace() {
        PacketRing ring = new PacketRing(1 << 16, SECOND);
        enter(ring, 5, new byte[] {1}, 0);
        enter(ring, 6, new byte[] {2}, 0);
        enter(ring, 5, new byte[] {3}, 0);
        assertThat(read(ring, ring.find(5, 0, SECOND))).containsExactly(3);
        assertThat(ring.newestSequence()).isEqualTo(6);
        assertThat(ring.ahead(8)).isEqualTo(2);
        assertThat(ring.ahead(5)).isEqualTo(-1);
    }
}
