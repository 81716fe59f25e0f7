package org.videowindow.bridge.conference;

import java.util.List;
import java.util.Optional;

/** All conferences of a bridge. Any thread may call. */
public interface Conferences {
    /**
     * Creates a conference and pins it to the worker with the least endpoints. EXISTS when the meeting has one, LIMIT
     * when the bridge is full, INVALID when {@code meetingId} is empty or longer than 256 characters.
     *
     * @param name name of the room, for diagnosis; may be {@code null}
     */
    Conference create(String meetingId, String name) throws ConferenceException;

    /** The conference of a meeting. */
    Optional<Conference> find(String meetingId);

    /** The conference with this id on this bridge. */
    Optional<Conference> findById(String conferenceId);

    /**
     * Calls that once, as soon as there is no conference; at once when there is none now. Only the latest is called. It runs
     * on the thread of a worker and must not wait.
     */
    void whenEmpty(Runnable task);

    /** All conferences, in no order. */
    List<Conference> list();
}
