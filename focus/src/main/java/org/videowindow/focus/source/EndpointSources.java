package org.videowindow.focus.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything one endpoint sends, immutable.
 *
 * @param sources each SSRC once, in the order in which they came
 * @param groups how they belong together
 * @param ridSources what is announced by stream ids; the SSRCs it was given for receivers are among the sources
 */
public record EndpointSources(List<Source> sources, List<SourceGroup> groups, List<RidSource> ridSources) {
    /** Nothing. */
    public static final EndpointSources NONE = new EndpointSources(List.of(), List.of());

    /** Copies the lists. */
    public EndpointSources {
        sources = List.copyOf(sources);
        groups = List.copyOf(groups);
        ridSources = List.copyOf(ridSources);
    }

    /** Sources that are announced by SSRCs only. */
    public EndpointSources(List<Source> sources, List<SourceGroup> groups) {
        this(sources, groups, List.of());
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return sources.isEmpty() && groups.isEmpty() && ridSources.isEmpty();
    }

    /** This and the other together, without checking anything. */
    public EndpointSources plus(EndpointSources more) {
        return new EndpointSources(
                Stream.concat(sources.stream(), more.sources.stream()).toList(),
                Stream.concat(groups.stream(), more.groups.stream()).toList(),
                Stream.concat(ridSources.stream(), more.ridSources.stream()).toList());
    }

    /** This without the streams of the given SSRCs and without the groups that contain one of them. */
    public EndpointSources without(Set<Long> ssrcs) {
        List<Source> left = new ArrayList<>(sources);
        left.removeIf(source -> ssrcs.contains(source.ssrc()));
        List<SourceGroup> leftGroups = new ArrayList<>(groups);
        leftGroups.removeIf(group -> group.ssrcs().stream().anyMatch(ssrcs::contains));
        return new EndpointSources(left, leftGroups, ridSources);
    }

    /** This without some stream ids of a source; with the last one the source goes. */
    EndpointSources withoutRids(String name, Set<String> rids) {
        List<RidSource> left = new ArrayList<>();
        boolean gone = false;
        for (RidSource source : ridSources) {
            List<String> leftRids = new ArrayList<>(source.rids());
            if (source.name().equals(name)) {
                leftRids.removeAll(rids);
            }
            if (!leftRids.isEmpty()) {
                left.add(new RidSource(source.name(), source.msid(), source.desktop(), source.mid(), leftRids));
            }
            gone |= leftRids.isEmpty();
        }
        EndpointSources result = new EndpointSources(sources, groups, left);
        return gone ? result.without(Set.copyOf(ssrcsOf(name))) : result;
    }

    /** The source of that name that is announced by stream ids. */
    public Optional<RidSource> ridSource(String name) {
        return ridSources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /** The SSRCs of the streams of one source, in the order in which they came. */
    public List<Long> ssrcsOf(String name) {
        return sources.stream()
                .filter(source -> name.equals(source.name()))
                .map(Source::ssrc)
                .toList();
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
