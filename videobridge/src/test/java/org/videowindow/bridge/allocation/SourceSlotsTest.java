package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSlotsTest {
    @Test
    void aSourceKeepsItsSlot() {
        SourceSlots<String> slots = new SourceSlots<>(3);
        assertThat(slots.assign(List.of("a", "b"))).containsExactly(0, 1);
        assertThat(slots.assign(List.of("b"))).isEmpty();
        assertThat(slots.assign(List.of("c", "b"))).containsExactly(2);
        assertThat(slots.assign(List.of("a", "b", "c"))).as("all still there").isEmpty();
        assertThat(slots.slotOf("a")).isZero();
    }

    @Test
    void whatWasNotWantedForLongestMakesRoom() {
        SourceSlots<String> slots = new SourceSlots<>(2);
        slots.assign(List.of("a", "b"));
        slots.assign(List.of("a"));
        assertThat(slots.assign(List.of("a", "c"))).containsExactly(1);
        assertThat(slots.slotOf("b")).isEqualTo(-1);
        assertThat(slots.source(1)).isEqualTo("c");
    }

    @Test
    void theMostImportantGetSlots() {
        SourceSlots<String> slots = new SourceSlots<>(2);
        assertThat(slots.assign(List.of("a", "b", "c"))).containsExactly(0, 1);
        assertThat(slots.slotOf("c")).isEqualTo(-1);
        assertThat(slots.assign(List.of("c", "a", "b"))).containsExactly(1);
        assertThat(slots.slotOf("b")).isEqualTo(-1);
    }

    @Test
    void anEndedSourceLeavesItsSlotToTheNext() {
        SourceSlots<String> slots = new SourceSlots<>(3);
        slots.assign(List.of("a", "b"));
        slots.remove("a");
        slots.remove("never");
        assertThat(slots.assign(List.of("b", "c"))).containsExactly(0);
        assertThat(slots.size()).isEqualTo(2);
    }

    @Test
    void whatHasEndedWhileNobodyWantedItLeavesItsSlot() {
        SourceSlots<String> slots = new SourceSlots<>(3);
        slots.assign(List.of("a", "b", "c"));
        slots.removeIf(source -> !source.equals("b"));
        assertThat(slots.slotOf("a")).isEqualTo(-1);
        assertThat(slots.source(2)).isNull();
        assertThat(slots.slotOf("b")).isEqualTo(1);
        assertThat(slots.assign(List.of("d", "b"))).containsExactly(0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void slotsAreBoundedAndNobodyIsInTwo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SourceSlots<Integer> slots = new SourceSlots<>(5);
        for (int turn = 0; turn < 2_000; turn++) {
            List<Integer> wanted = new ArrayList<>();
            int count = random.nextInt(9);
            for (int i = 0; i < count; i++) {
                wanted.add(random.nextInt(20));
            }
            if (random.nextInt(5) == 0) {
                slots.remove(random.nextInt(20));
            }
            slots.assign(wanted);
            assertThat(slots.size()).as("seed %d, turn %d", seed, turn).isLessThanOrEqualTo(5);
            List<Integer> first =
                    new ArrayList<>(wanted.stream().distinct().limit(5).toList());
            for (int source : first) {
                int slot = slots.slotOf(source);
                assertThat(slot).as("seed %d, turn %d", seed, turn).isNotNegative();
                assertThat(slots.source(slot)).isEqualTo(source);
            }
            HashSet<Integer> seen = new HashSet<>();
            for (int slot = 0; slot < slots.size(); slot++) {
                Integer source = slots.source(slot);
                assertThat(source == null || seen.add(source))
                        .as("seed %d, turn %d", seed, turn)
                        .isTrue();
            }
        }
    }
}
