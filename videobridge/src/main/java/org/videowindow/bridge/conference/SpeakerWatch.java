package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.bridge.speaker.DominantSpeaker;

/** Ties the choice of the dominant speaker, which knows numbers, to endpoints. Owned by the worker. */
final class SpeakerWatch {
    private static final int MOST_RECENT = 10;

    private final DominantSpeaker chooser;
    private final EndpointSession[] endpointOf;
    private final int[] recent = new int[MOST_RECENT];
    private int dominant = DominantSpeaker.NONE;
    private SpeakerOrder order = SpeakerOrder.NOBODY;

    /** @param endpoints how many there can be at a time */
    SpeakerWatch(int endpoints) {
        chooser = new DominantSpeaker(endpoints);
        endpointOf = new EndpointSession[endpoints];
    }

    SpeakerOrder order() {
        return order;
    }

    /** Gives an endpoint its number. */
    int add(EndpointSession endpoint) {
        int number = 0;
        while (endpointOf[number] != null) {
            number++;
        }
        endpointOf[number] = endpoint;
        return number;
    }

    /** Takes the number back; true when the order has changed. */
    boolean remove(int number) {
        chooser.remove(number);
        endpointOf[number] = null;
        SpeakerOrder before = order;
        refresh();
        return !order.equals(before);
    }

    void level(int number, int level, long now) {
        chooser.level(number, level, now);
    }

    /** Chooses; true when somebody else is dominant now. */
    boolean choose(long now) {
        if (chooser.update(now) == dominant) {
            return false;
        }
        refresh();
        return true;
    }

    private void refresh() {
        dominant = chooser.dominant();
        String first = dominant == DominantSpeaker.NONE ? null : endpointOf[dominant].id();
        List<String> previous = new ArrayList<>();
        int count = chooser.recent(recent);
        for (int i = 0; i < count; i++) {
            if (recent[i] != dominant) {
                previous.add(endpointOf[recent[i]].id());
            }
        }
        order = new SpeakerOrder(first, previous, first == null);
    }
}
