package org.videowindow.focus.health;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.videowindow.focus.xmpp.LinkTrouble;

/**
 * Whether a call could be started now. Looked at by the launcher, by load balancers and by people.
 *
 * @param signedIn whether the link to the shard is up
 * @param sinceMillis since when that is so, milliseconds since 1970 UTC
 * @param trouble why it is not
 * @param inBrewery whether bridges can be seen
 * @param usableBridges how many bridges could take a conference
 */
public record FocusHealth(
        BooleanSupplier signedIn,
        LongSupplier sinceMillis,
        Supplier<LinkTrouble> trouble,
        BooleanSupplier inBrewery,
        IntSupplier usableBridges) {
    private static final String OK = "ok";
    private static final String NO_BRIDGE = "no-bridge";

    /**
     * The answer.
     *
     * @param code {@code ok}, {@code no-bridge}, or one of {@link LinkTrouble}; does not change between versions
     * @param detail the same for people, as a sentence
     * @param connected whether the focus is signed in to its shard
     * @param since since when that is so
     * @param bridges how many bridges could take a conference
     */
    public record Report(String code, String detail, boolean connected, Instant since, int bridges) {
        /** Whether a call could be started. */
        public boolean healthy() {
            return code.equals(OK);
        }

        /** As JSON. */
        public String json() {
            return "{\"status\":" + Json.string(healthy() ? "healthy" : "unhealthy")
                    + ",\"reason\":" + Json.string(code)
                    + ",\"detail\":" + Json.string(detail)
                    + ",\"shard\":{\"connected\":" + connected + ",\"since\":" + Json.string(since.toString())
                    + "},\"usableBridges\":" + bridges + "}\n";
        }
    }

    /** Looks. */
    public Report report() {
        boolean connected = signedIn.getAsBoolean();
        Instant since = Instant.ofEpochMilli(sinceMillis.getAsLong());
        int bridges = usableBridges.getAsInt();
        if (!connected) {
            LinkTrouble why = trouble.get();
            return new Report(why.code(), why.sentence(), false, since, bridges);
        }
        if (!inBrewery.getAsBoolean()) {
            return new Report(NO_BRIDGE, "not in the brewery room, in which bridges report", true, since, 0);
        }
        return bridges == 0
                ? new Report(NO_BRIDGE, "no usable bridge in the brewery room", true, since, 0)
                : new Report(OK, "a call can be started", true, since, bridges);
    }
}
