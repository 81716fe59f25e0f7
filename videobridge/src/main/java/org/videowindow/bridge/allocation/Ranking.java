package org.videowindow.bridge.allocation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.SpeakerOrder;
import org.videowindow.bridge.conference.VideoType;

/**
 * Which sources a receiver is to get, the most important first: those on stage, those selected, screens, those of the
 * dominant and of earlier speakers, then those that arrive and those that do not, each as they joined. Of them the first
 * lastN.
 *
 * @param wanted what is to be sent, by importance
 * @param left what is not, with the reason
 */
record Ranking(List<SourceOffer> wanted, Map<SourceOffer, Reason> left) {

    static Ranking of(List<SourceOffer> offers, ReceiverConstraints wish, SpeakerOrder speakers) {
        Map<String, SourceOffer> open = LinkedHashMap.newLinkedHashMap(offers.size());
        Map<SourceOffer, Reason> left = new LinkedHashMap<>();
        for (SourceOffer offer : offers) {
            if (wish.of(offer.name()).maxHeight() == 0) {
                left.put(offer, Reason.NOT_WANTED);
            } else if (offer.type() == VideoType.NONE && offer.layers().isEmpty()) {
                left.put(offer, Reason.MUTED);
            } else {
                open.put(offer.name(), offer);
            }
        }
        Map<String, SourceOffer> ranked = LinkedHashMap.newLinkedHashMap(open.size());
        move(wish.onStageSources(), open, ranked);
        move(wish.selectedSources(), open, ranked);
        addScreens(open, ranked);
        addSpeakers(open, ranked, speakers);
        open.forEach((name, offer) -> {
            if (!offer.layers().isEmpty()) {
                ranked.putIfAbsent(name, offer);
            }
        });
        open.forEach(ranked::putIfAbsent);
        int most = wish.lastN() < 0 ? ranked.size() : wish.lastN();
        ranked.values().stream().skip(most).forEach(offer -> left.put(offer, Reason.LAST_N));
        return new Ranking(ranked.values().stream().limit(most).toList(), left);
    }

    private static void move(List<String> names, Map<String, SourceOffer> open, Map<String, SourceOffer> ranked) {
        for (String name : names) {
            SourceOffer offer = open.remove(name);
            if (offer != null) {
                ranked.put(name, offer);
            }
        }
    }

    /** Few share one at a time, and it is what the others then look at. */
    private static void addScreens(Map<String, SourceOffer> open, Map<String, SourceOffer> ranked) {
        open.forEach((name, offer) -> {
            if (offer.type() == VideoType.DESKTOP || offer.type() == VideoType.DESKTOP_HIGH_FPS) {
                ranked.put(name, offer);
            }
        });
    }

    private static void addSpeakers(
            Map<String, SourceOffer> open, Map<String, SourceOffer> ranked, SpeakerOrder speakers) {
        if (speakers.dominant() == null) {
            return;
        }
        Map<String, Integer> recency = new HashMap<>();
        recency.put(speakers.dominant(), 0);
        for (String speaker : speakers.previous()) {
            recency.putIfAbsent(speaker, recency.size());
        }
        open.values().stream()
                .filter(offer -> recency.containsKey(offer.owner()))
                .sorted((one, other) -> recency.get(one.owner()) - recency.get(other.owner()))
                .forEach(offer -> ranked.putIfAbsent(offer.name(), offer));
    }
}
