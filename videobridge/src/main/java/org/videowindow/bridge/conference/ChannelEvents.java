package org.videowindow.bridge.conference;

import java.util.List;

/**
 * What the bridge has to tell the bridge channels. Called on the conference's worker thread: an implementation must
 * return at once (hand over, never block, never throw).
 */
public interface ChannelEvents {
    /** For a bridge without channels. */
    ChannelEvents NONE = new ChannelEvents() {};

    /** Another endpoint has become the dominant speaker, or the dominant speaker fell silent. */
    default void dominantSpeakerChanged(Conference conference, SpeakerOrder order) {}

    /** The video sources that are sent to {@code endpointId} are now these (names). */
    default void forwardedSourcesChanged(Conference conference, String endpointId, List<String> sources) {}

    /**
     * More or less is wanted of a source of {@code endpointId} than it was told last.
     *
     * @param maxHeight largest height that anybody wants; 0 when nobody watches, {@link Integer#MAX_VALUE} without limit
     */
    default void senderConstraintChanged(Conference conference, String endpointId, String sourceName, int maxHeight) {}

    /** These sources are sent to {@code endpointId}, which maps sources, on these SSRCs from now on. */
    default void sourcesMapped(Conference conference, String endpointId, MediaKind kind, List<MappedSource> sources) {}

    /** Media can no longer, or ({@code active}) can again be exchanged with {@code endpointId}. */
    default void connectivityChanged(Conference conference, String endpointId, boolean active) {}

    /** The endpoint is gone: by request, by silence or with its conference. Its channel is to be closed. */
    default void endpointExpired(Conference conference, String endpointId) {}

    /** The conference is gone; its endpoints were reported before. */
    default void conferenceExpired(Conference conference) {}
}
