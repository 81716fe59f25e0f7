package org.videowindow.focus.source;

import java.util.Map;
import java.util.Set;

/**
 * What an endpoint does not send any more.
 *
 * @param ssrcs streams that were announced by SSRC
 * @param rids stream ids, by the name of their source
 */
public record SourceRemoval(Set<Long> ssrcs, Map<String, Set<String>> rids) {
    /** Copies what is in it. */
    public SourceRemoval {
        ssrcs = Set.copyOf(ssrcs);
        rids = Map.copyOf(rids);
    }
}
