package org.videowindow.bridge.conference;

import java.util.List;
import java.util.Map;

/**
 * What one endpoint wants to receive; always the whole wish, not a change of it.
 *
 * @param lastN how many video sources at most, -1 for all
 * @param selectedSources names of sources that come first when there are more than lastN
 * @param onStageSources names that come before these
 * @param defaults for sources that {@code constraints} does not name
 * @param constraints by source name
 */
public record ReceiverConstraints(
        int lastN,
        List<String> selectedSources,
        List<String> onStageSources,
        VideoConstraint defaults,
        Map<String, VideoConstraint> constraints) {
    /** Everything. Holds for an endpoint until it says something else. */
    public static final ReceiverConstraints ALL =
            new ReceiverConstraints(-1, List.of(), List.of(), VideoConstraint.UNLIMITED, Map.of());

    public ReceiverConstraints {
        selectedSources = List.copyOf(selectedSources);
        onStageSources = List.copyOf(onStageSources);
        constraints = Map.copyOf(constraints);
    }

    /** The same of so many video sources at most. */
    ReceiverConstraints atMost(int sources) {
        return lastN >= 0 && lastN <= sources
                ? this
                : new ReceiverConstraints(sources, selectedSources, onStageSources, defaults, constraints);
    }

    /** What holds for the source with this name. */
    public VideoConstraint of(String sourceName) {
        return constraints.getOrDefault(sourceName, defaults);
    }
}
