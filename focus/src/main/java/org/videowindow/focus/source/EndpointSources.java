package org.videowindow.focus.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything one endpoint sends, immutable.
 *
 * @param sources each SSRC once, in the order in which they came
 * @param groups how they belong together
 */
public record EndpointSources(List<Source> sources, List<SourceGroup> groups) {
    /** Nothing. */
    public static final EndpointSources NONE = new EndpointSources(List.of(), List.of());

    /** Copies the lists. */
    public EndpointSources {
        sources = List.copyOf(sources);
        groups = List.copyOf(groups);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return sources.isEmpty() && groups.isEmpty();
    }

    /** This and the other together, without checking anything. */
    public EndpointSources plus(EndpointSources more) {
        return new EndpointSources(
                Stream.concat(sources.stream(), more.sources.stream()).toList(),
                Stream.concat(groups.stream(), more.groups.stream()).toList());
    }

    /** This without the streams of the given SSRCs and without the groups that contain one of them. */
    public EndpointSources without(Set<Long> ssrcs) {
        List<Source> left = new ArrayList<>(sources);
        left.removeIf(source -> ssrcs.contains(source.ssrc()));
        List<SourceGroup> leftGroups = new ArrayList<>(groups);
        leftGroups.removeIf(group -> group.ssrcs().stream().anyMatch(ssrcs::contains));
        return new EndpointSources(left, leftGroups);
    }

    /** The SSRCs of the streams. */
    public Set<Long> ssrcs() {
        Set<Long> ssrcs = new HashSet<>();
        sources.forEach(source -> ssrcs.add(source.ssrc()));
        return ssrcs;
    }

    /**
     * What others are told: of several sizes of one picture only the first, with its retransmissions. The bridge sends
     * whichever size it chooses under that SSRC.
     */
    public EndpointSources withoutSimulcast() {
        Set<Long> hidden = new HashSet<>();
        for (SourceGroup group : groups) {
            if (group.semantics() == SourceGroup.Semantics.SIM) {
                hidden.addAll(group.ssrcs().subList(1, group.ssrcs().size()));
            }
        }
        for (SourceGroup group : groups) {
            if (group.semantics() == SourceGroup.Semantics.FID
                    && hidden.contains(group.ssrcs().getFirst())) {
                hidden.addAll(group.ssrcs());
            }
        }
        List<Source> shown = new ArrayList<>(sources);
        shown.removeIf(source -> hidden.contains(source.ssrc()));
        List<SourceGroup> shownGroups = new ArrayList<>(groups);
        shownGroups.removeIf(group -> group.semantics() == SourceGroup.Semantics.SIM
                || hidden.contains(group.ssrcs().getFirst()));
        return new EndpointSources(shown, shownGroups);
    }
}
