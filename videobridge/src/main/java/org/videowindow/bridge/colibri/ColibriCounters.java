package org.videowindow.bridge.colibri;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** What the signalling side counts. Any thread. */
public final class ColibriCounters {
    /** COLIBRI2 requests that reached the handler. */
    public final LongAdder requests = new LongAdder();
    /** COLIBRI2 requests of somebody who is not the focus. */
    public final LongAdder strangers = new LongAdder();
    /** Stanzas that could not be read. */
    public final LongAdder unreadableStanzas = new LongAdder();
    /** Connections to shards that were lost or not had. */
    public final LongAdder connectionFailures = new LongAdder();

    private final Map<Condition, LongAdder> refused = new EnumMap<>(Condition.class);

    public ColibriCounters() {
        for (Condition condition : new Condition[] {
            Condition.bad_request,
            Condition.conflict,
            Condition.feature_not_implemented,
            Condition.item_not_found,
            Condition.resource_constraint,
            Condition.service_unavailable
        }) {
            refused.put(condition, new LongAdder());
        }
    }

    void refused(Condition condition) {
        refused.get(condition).increment();
    }

    /** Refused requests by condition. */
    public Map<Condition, LongAdder> refused() {
        return refused;
    }
}
