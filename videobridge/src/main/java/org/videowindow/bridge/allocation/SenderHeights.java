package org.videowindow.bridge.allocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the senders of one conference are told about their sources: the largest height that anybody wants. More is told at
 * once, less after it has stood for a while, so that paging through tiles does not switch cameras off and on.
 *
 * <p>Owned by the worker of the conference.
 */
public final class SenderHeights {
    /** Nobody limits the source; also what holds for a source that its sender was told nothing about. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    static final long LOWER_AFTER_NANOS = 5_000_000_000L;

    private final Map<String, Told> bySource = new HashMap<>();

    /**
     * Something to tell a sender.
     *
     * @param sourceName which source
     * @param maxHeight pixels; 0 when nobody watches, {@link #UNLIMITED} when nobody limits it
     */
    public record Change(String sourceName, int maxHeight) {}

    private int lowering;

    private static final class Told {
        private int height = UNLIMITED;
        private boolean lowering;
        private int lowerTo;
        private long lowerSince;

        /** Whether something else is to be told now. */
        private boolean update(int wanted, long now) {
            if (wanted >= height) {
                lowering = false;
                boolean more = wanted > height;
                height = wanted;
                return more;
            }
            if (!lowering) {
                lowering = true;
                lowerTo = wanted;
                lowerSince = now;
            }
            lowerTo = Math.max(lowerTo, wanted);
            if (now - lowerSince < LOWER_AFTER_NANOS) {
                return false;
            }
            height = lowerTo;
            lowering = wanted < height;
            lowerTo = wanted;
            lowerSince = now;
            return true;
        }
    }

    /**
     * Takes what is wanted now.
     *
     * @param wanted largest height by source, for every source of the conference; others are forgotten
     */
    public List<Change> update(Map<String, Integer> wanted, long now) {
        List<Change> changes = new ArrayList<>();
        lowering = 0;
        bySource.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, height) -> {
            Told told = bySource.computeIfAbsent(name, key -> new Told());
            if (told.update(height, now)) {
                changes.add(new Change(name, told.height));
            }
            lowering += told.lowering ? 1 : 0;
        });
        return changes;
    }

    /** Whether something lower is only waiting for its time, so that {@link #update} has to be asked again. */
    public boolean isLowering() {
        return lowering > 0;
    }

    /** What the sender of a source was told last. */
    public int told(String sourceName) {
        Told told = bySource.get(sourceName);
        return told == null ? UNLIMITED : told.height;
    }
}
