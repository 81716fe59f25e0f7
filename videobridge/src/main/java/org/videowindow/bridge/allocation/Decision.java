package org.videowindow.bridge.allocation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one receiver is sent. A value: the next decision is made from it.
 *
 * @param sources every source that is there, those that matter most first
 * @param chosenBps what is sent costs that much
 * @param wantedBps what the receiver would need to get all that it wants
 * @param raiseAtBps from this bandwidth on something could be raised; {@link Allocation#UNLIMITED} when there is nothing
 *     to raise
 */
public record Decision(List<SourceDecision> sources, long chosenBps, long wantedBps, long raiseAtBps) {
    /** Before the first choice. */
    public static final Decision NONE = new Decision(List.of(), 0, 0, 0);

    public Decision {
        sources = List.copyOf(sources);
    }

    /** Whether the receiver gets all that it wants and that arrives, so that only something new can change it. */
    public boolean isComplete() {
        for (int i = 0; i < sources.size(); i++) {
            switch (sources.get(i).reason()) {
                case BANDWIDTH, HELD_BACK, OVER_BUDGET, TRIAL -> {
                    return false;
                }
                case AS_WANTED, NOT_ARRIVING, LAST_N, NOT_WANTED, MUTED -> {}
            }
        }
        return true;
    }

    /** The same, as if nothing had ever been taken away: for a receiver that has just asked for something else. */
    public Decision withoutHolds() {
        return new Decision(
                sources.stream()
                        .map(one -> new SourceDecision(
                                one.name(),
                                one.target(),
                                one.height(),
                                one.framesPerSecond(),
                                one.bitsPerSecond(),
                                one.reason(),
                                0,
                                one.raisedAt(),
                                0))
                        .toList(),
                chosenBps,
                wantedBps,
                raiseAtBps);
    }

    Map<String, SourceDecision> byName() {
        Map<String, SourceDecision> byName = HashMap.newHashMap(sources.size());
        sources.forEach(source -> byName.put(source.name(), source));
        return byName;
    }
}
