package org.videowindow.bridge.conference;

import java.util.List;
import java.util.Map;

/**
 * What one endpoint wants to receive; always the whole wish, not a change of it. A source is sent or not: heights
 * other than 0 all mean "send".
 *
 * @param lastN how many video sources at most, -1 for all
 * @param selectedSources names of sources that come first when there are more than lastN
 * @param onStageSources names that come before these
 * @param defaultMaxHeight for sources that {@code maxHeights} does not name
 * @param maxHeights by source name; 0 means do not send
 */
public record ReceiverConstraints(
        int lastN,
        List<String> selectedSources,
        List<String> onStageSources,
        int defaultMaxHeight,
        Map<String, Integer> maxHeights) {
    /** Everything. Holds for an endpoint until it says something else. */
    public static final ReceiverConstraints ALL =
            new ReceiverConstraints(-1, List.of(), List.of(), Integer.MAX_VALUE, Map.of());

    public ReceiverConstraints {
        selectedSources = List.copyOf(selectedSources);
        onStageSources = List.copyOf(onStageSources);
        maxHeights = Map.copyOf(maxHeights);
    }
}
