package org.videowindow.bridge.allocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which source is in which of a bounded number of slots, for a receiver that is told so ("source mapping"). A source keeps
 * its slot as long as it is wanted and longer: a slot is given to another source only when none is empty, and then the one
 * whose source has not been wanted for longest.
 *
 * <p>Owned by the worker. Knows nothing of what a slot is.
 *
 * @param <S> sources, told apart by {@code equals}
 */
public final class SourceSlots<S> {
    private final int most;
    private final List<S> sources = new ArrayList<>();
    private final List<Long> lastWanted = new ArrayList<>();
    private final Map<S, Integer> slotOf = new HashMap<>();
    private long turn;

    /** @param most how many slots there may be */
    public SourceSlots(int most) {
        this.most = most;
    }

    /**
     * Puts sources into slots.
     *
     * @param wanted the most important first; what is beyond the number of slots gets none
     * @return the slots whose source has changed
     */
    public List<Integer> assign(List<S> wanted) {
        turn++;
        List<Integer> changed = new ArrayList<>();
        List<S> homeless = new ArrayList<>();
        Set<S> placed = new HashSet<>();
        for (S source : wanted) {
            if (placed.size() == most || !placed.add(source)) {
                continue;
            }
            Integer slot = slotOf.get(source);
            if (slot == null) {
                homeless.add(source);
            } else {
                lastWanted.set(slot, turn);
            }
        }
        for (S source : homeless) {
            int slot = free();
            slotOf.remove(sources.get(slot));
            sources.set(slot, source);
            slotOf.put(source, slot);
            lastWanted.set(slot, turn);
            changed.add(slot);
        }
        return changed;
    }

    /** An empty slot, a new one, or the one not wanted for longest; there is one as long as not all are wanted. */
    private int free() {
        int longest = 0;
        for (int slot = 0; slot < sources.size(); slot++) {
            if (sources.get(slot) == null) {
                return slot;
            }
            if (lastWanted.get(slot) < lastWanted.get(longest)) {
                longest = slot;
            }
        }
        if (sources.size() == most) {
            return longest;
        }
        sources.add(null);
        lastWanted.add(0L);
        return sources.size() - 1;
    }

    /** A source has ended; its slot is the next to be used. */
    public void remove(S source) {
        Integer slot = slotOf.remove(source);
        if (slot != null) {
            sources.set(slot, null);
        }
    }

    /** The same for every source that the test is true for. */
    public void removeIf(Predicate<S> ended) {
        for (int slot = 0; slot < sources.size(); slot++) {
            S source = sources.get(slot);
            if (source != null && ended.test(source)) {
                remove(source);
            }
        }
    }

    /** The slot of a source, or -1. */
    public int slotOf(S source) {
        return slotOf.getOrDefault(source, -1);
    }

    /** The source in a slot, or {@code null}. */
    public S source(int slot) {
        return sources.get(slot);
    }

    /** How many slots were ever used. */
    public int size() {
        return sources.size();
    }
}
