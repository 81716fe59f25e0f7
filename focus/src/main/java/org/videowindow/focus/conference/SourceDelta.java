package org.videowindow.focus.conference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceGroup;

/**
 * What a participant has yet to be told. Pure.
 *
 * @param removed what went, by owner
 * @param added what came, by owner
 */
record SourceDelta(Map<String, EndpointSources> removed, Map<String, EndpointSources> added) {

    /** The difference between what was announced and what is, without the participant's own. */
    @SuppressWarnings("ReferenceEquality")
    static SourceDelta between(
            Map<String, EndpointSources> announced, Map<String, EndpointSources> current, String self) {
        Map<String, EndpointSources> removed = new LinkedHashMap<>();
        Map<String, EndpointSources> added = new LinkedHashMap<>();
        announced.forEach((owner, before) -> {
            if (!current.containsKey(owner)) {
                removed.put(owner, before);
            }
        });
        current.forEach((owner, now) -> {
            EndpointSources before = announced.getOrDefault(owner, EndpointSources.NONE);
            // Unchanged sets are the same object: most of a large conference is passed over here.
            if (!owner.equals(self) && before != now) {
                putUnlessEmpty(removed, owner, minus(before, now));
                putUnlessEmpty(added, owner, minus(now, before));
            }
        });
        return new SourceDelta(removed, added);
    }

    private static void putUnlessEmpty(Map<String, EndpointSources> map, String owner, EndpointSources set) {
        if (!set.isEmpty()) {
            map.put(owner, set);
        }
    }

    private static EndpointSources minus(EndpointSources from, EndpointSources what) {
        Set<Source> sources = new HashSet<>(what.sources());
        Set<SourceGroup> groups = new HashSet<>(what.groups());
        List<Source> leftSources = new ArrayList<>(from.sources());
        leftSources.removeIf(sources::contains);
        List<SourceGroup> leftGroups = new ArrayList<>(from.groups());
        leftGroups.removeIf(groups::contains);
        return new EndpointSources(leftSources, leftGroups);
    }
}
