package org.videowindow.bridge.stats;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.videowindow.bridge.colibri.Admission;
import org.videowindow.bridge.colibri.Admission.State;
import org.videowindow.bridge.conference.Bridge;

/**
 * Whether the bridge could serve a new call now. Any thread.
 */
public final class Health {
    private final Bridge bridge;
    private final List<? extends BooleanSupplier> shards;
    private final Admission admission;

    /**
     * @param shards for every configured shard, whether the bridge is in its brewery
     * @param admission whether the bridge is about to stop
     */
    public Health(Bridge bridge, List<? extends BooleanSupplier> shards, Admission admission) {
        this.bridge = bridge;
        this.shards = shards;
        this.admission = admission;
    }

    /** What is wrong, in one sentence; empty when nothing is. */
    public String complaint() {
        if (!canCarryMedia()) {
            return "A media worker does not turn.";
        }
        if (admission.state().compareTo(State.ENDING) >= 0) {
            return "The bridge is about to stop.";
        }
        if (!shards.isEmpty() && shards.stream().noneMatch(BooleanSupplier::getAsBoolean)) {
            return "The bridge is connected to none of its shards.";
        }
        return "";
    }

    /** Whether it takes no new conferences although nothing is wrong. */
    public boolean isDraining() {
        return admission.state() == State.DRAINING;
    }

    /** Whether packets flow, whatever the state of the shards: what the focus asks over its own shard. */
    public boolean canCarryMedia() {
        return bridge.isHealthy();
    }
}
