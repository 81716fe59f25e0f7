package org.videowindow.bridge.conference;

import java.util.List;

/**
 * Who speaks.
 *
 * @param dominant id of the dominant speaker's endpoint, or {@code null} while nobody has spoken
 * @param previous ids of earlier speakers, most recent first
 * @param silence whether nobody speaks now
 */
public record SpeakerOrder(String dominant, List<String> previous, boolean silence) {
    /** Before anybody has spoken. */
    public static final SpeakerOrder NOBODY = new SpeakerOrder(null, List.of(), true);

    public SpeakerOrder {
        previous = List.copyOf(previous);
    }
}
