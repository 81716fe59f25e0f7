package org.videowindow.focus.health;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Whether a call could be started now. Looked at by the launcher, by load balancers and by people.
 *
 * @param signedIn whether the link to the shard is up
 * @param inBrewery whether bridges can be seen
 * @param usableBridges how many bridges could take a conference
 */
public record FocusHealth(BooleanSupplier signedIn, BooleanSupplier inBrewery, IntSupplier usableBridges) {
    /**
     * The answer.
     *
     * @param healthy whether a call could be started
     * @param reason a sentence that says why not, or that it could
     */
    public record Report(boolean healthy, String reason) {
        /** As JSON; the sentences are ours and need no escaping. */
        public String json() {
            return "{\"status\":\"" + (healthy ? "healthy" : "unhealthy") + "\",\"reason\":\"" + reason + "\"}\n";
        }
    }

    /** Looks. */
    public Report report() {
        if (!signedIn.getAsBoolean()) {
            return new Report(false, "not signed in to the shard");
        }
        if (!inBrewery.getAsBoolean()) {
            return new Report(false, "not in the brewery room");
        }
        return usableBridges.getAsInt() == 0
                ? new Report(false, "no usable bridge in the brewery room")
                : new Report(true, "a call can be started");
    }
}
