package org.videowindow.bridge.conference;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which video sources a receiver is sent. Pure: values in, names out.
 *
 * <p>A source with a maximum height of 0 is not sent. Of the others the first lastN are, in this order: those on stage,
 * those selected, those of the dominant and of earlier speakers, the rest as they joined.
 */
final class VideoSelection {
    private VideoSelection() {}

    /**
     * Chooses.
     *
     * @param available endpoint id by source name, without the receiver's own, in order of joining
     */
    static Set<String> select(Map<String, String> available, ReceiverConstraints constraints, SpeakerOrder speakers) {
        Set<String> ordered = new LinkedHashSet<>();
        addKnown(ordered, available, constraints.onStageSources());
        addKnown(ordered, available, constraints.selectedSources());
        if (speakers.dominant() != null) {
            addOf(ordered, available, speakers.dominant());
        }
        speakers.previous().forEach(speaker -> addOf(ordered, available, speaker));
        ordered.addAll(available.keySet());
        ordered.removeIf(name -> constraints.of(name).maxHeight() == 0);
        if (constraints.lastN() < 0 || ordered.size() <= constraints.lastN()) {
            return ordered;
        }
        Set<String> first = new LinkedHashSet<>();
        for (String name : ordered) {
            if (first.size() < constraints.lastN()) {
                first.add(name);
            }
        }
        return first;
    }

    private static void addKnown(Set<String> target, Map<String, String> available, List<String> names) {
        for (String name : names) {
            if (available.containsKey(name)) {
                target.add(name);
            }
        }
    }

    private static void addOf(Set<String> target, Map<String, String> available, String endpoint) {
        available.forEach((name, owner) -> {
            if (owner.equals(endpoint)) {
                target.add(name);
            }
        });
    }
}
