package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransmitArenaTest {
    private final PeerTable peers = new PeerTable(8, 1);
    private final TransmitArena arena = new TransmitArena(8, 64 * 1024, 256);
    private final byte[] bytes = new byte[2048];

    TransmitArenaTest() {
        for (int i = 0; i < 8; i++) {
            peers.add(0, PeerAddress.MAPPED | i, 1000 + i);
        }
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1000 1000 1000,          1000 1000 1000",
        "1000 1000 400,           1000 1000 400",
        "1000 400 400,            1000 400|400",
        "1000 400 1000,           1000 400|1000",
        "400 1000 1000,           400|1000 1000",
        "999 1000 1000 1000 998,  999|1000 1000 1000 998",
        "1 1 1,                   1 1 1",
    })
    void aShorterPacketClosesTheGroupAndALongerOneOpensTheNext(String lengths, String groups) {
        for (String length : lengths.trim().split(" ")) {
            arena.append(peers, 0, bytes, 0, Integer.parseInt(length));
        }
        assertThat(describe()).isEqualTo(groups.trim());
    }

    @Test
    void whatIsWrittenToTheReservedPlaceIsAppendedLikeWhatIsCopied() {
        arena.append(peers, 0, bytes, 0, 1000);
        int at = arena.reserve(1016);
        assertThat(at).isEqualTo(1000);
        arena.memory().set(java.lang.foreign.ValueLayout.JAVA_BYTE, at + 999, (byte) 7);
        arena.commit(peers, 0, 1000);
        arena.commit(peers, 1, arena.reserve(300) > 0 ? 300 : 0);
        assertThat(describe()).isEqualTo("1000 1000|300");
        assertThat(arena.packetOffset(1)).isEqualTo(at);
        assertThat(arena.bytes()).isEqualTo(2300);
    }

    @Test
    void anIdThatBecameAnotherPeersJoinsNothingThatWaits() {
        arena.append(peers, 3, bytes, 0, 1000);
        arena.endGroup(3);
        peers.remove(3);
        assertThat(peers.add(0, PeerAddress.MAPPED | 77, 2000)).isEqualTo(3);
        arena.append(peers, 3, bytes, 0, 1000);
        assertThat(describe()).isEqualTo("1000|1000");
        assertThat(arena.groupPort(0)).isEqualTo(1003);
        assertThat(arena.groupPort(1)).isEqualTo(2000);
    }

    @Test
    void nothingIsReservedWhereThereIsNoRoom() {
        while (arena.append(peers, 0, bytes, 0, 1200)) {
            assertThat(arena.bytes()).isLessThanOrEqualTo(64 * 1024);
        }
        assertThat(arena.reserve(1200)).isEqualTo(-1);
        assertThat(arena.reserve(64 * 1024 - arena.bytes())).isEqualTo(arena.bytes());
    }

    @Test
    void thePacketsOfTheLargestDatagramFitAfterSealingAndRepeating() {
        assertThat(arena.reserve(ReceiveBatch.SLOT_BYTES + 2 + 16)).isZero();
    }

    @Test
    void aGroupHasNoMoreSegmentsOrBytesThanTheKernelTakes() {
        for (int i = 0; i < 130; i++) {
            arena.append(peers, 0, bytes, 0, 10);
        }
        assertThat(arena.groups()).isEqualTo(3);
        assertThat(arena.groupPackets(0)).isEqualTo(TransmitArena.MAX_SEGMENTS);
        arena.clear();
        for (int i = 0; i < 32; i++) {
            arena.append(peers, 0, bytes, 0, 2048);
        }
        assertThat(arena.groupPackets(0) * 2048).isLessThanOrEqualTo(TransmitArena.MAX_GROUP_BYTES);
        assertThat(arena.groups()).isEqualTo(2);
    }

    @Test
    void groupsOfAnEarlierRoundAreNotContinued() {
        arena.append(peers, 3, bytes, 0, 100);
        arena.clear();
        assertThat(arena.isEmpty()).isTrue();
        arena.append(peers, 3, bytes, 0, 100);
        assertThat(arena.groups()).isEqualTo(1);
        assertThat(arena.groupPackets(0)).isEqualTo(1);
    }

    @Test
    void aFullArenaSaysSoAndKeepsWhatItHas() {
        int appended = 0;
        while (arena.append(peers, 0, bytes, 0, 1000)) {
            appended++;
        }
        assertThat(appended).isEqualTo(65);
        assertThat(arena.packets()).isEqualTo(65);
        assertThat(arena.append(0, PeerAddress.MAPPED, 1, bytes, 0, 1000)).isFalse();
        arena.clear();
        for (int i = 0; i < 256; i++) {
            assertThat(arena.append(peers, 0, bytes, 0, 1)).isTrue();
        }
        assertThat(arena.append(peers, 0, bytes, 0, 1)).isFalse();
    }

    @Test
    void lengthsThatCannotBeAreABugOfTheCaller() {
        assertThatThrownBy(() -> arena.append(peers, 0, bytes, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> arena.append(peers, 0, new byte[3000], 0, TransmitArena.MAX_PACKET_BYTES + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever is appended: all packets are there once, per peer in order, and every group can be segmented. */
    @Test
    void everyGroupCanBeSegmented() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<List<Integer>> expected = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                expected.add(new ArrayList<>());
            }
            while (true) {
                int peer = random.nextInt(8);
                int length = random.nextBoolean() ? 500 : 1 + random.nextInt(1500);
                if (!arena.append(peers, peer, bytes, 0, length)) {
                    break;
                }
                expected.get(peer).add(length);
            }
            List<List<Integer>> actual = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                actual.add(new ArrayList<>());
            }
            for (int group = 0; group < arena.groups(); group++) {
                boolean closed = false;
                for (int p = arena.firstPacket(group); p >= 0; p = arena.nextPacket(p)) {
                    assertThat(closed).as("only the last is shorter").isFalse();
                    assertThat(arena.packetLength(p)).isLessThanOrEqualTo(arena.groupSegment(group));
                    closed = arena.packetLength(p) < arena.groupSegment(group);
                    actual.get(arena.groupPort(group) - 1000).add(arena.packetLength(p));
                }
            }
            assertThat(actual).isEqualTo(expected);
            arena.clear();
        }
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < arena.groups(); group++) {
            text.append(group == 0 ? "" : "|");
            for (int p = arena.firstPacket(group); p >= 0; p = arena.nextPacket(p)) {
                text.append(p == arena.firstPacket(group) ? "" : " ").append(arena.packetLength(p));
            }
        }
        return text.toString();
    }
}
