package org.videowindow.loadtest.stream;

import java.time.Duration;
import java.util.List;

/**
 * Media that is to be sent: a file, or what comes in by RTP. Read by the engine's thread, which must not wait for it.
 */
interface Feed extends AutoCloseable {
    /**
     * What leaves together.
     *
     * @param video pictures; otherwise sound
     * @param at when, from the beginning; zero for as soon as it comes
     * @param timestamp of RTP, in the clock of its kind
     * @param keyFrame whether a receiver can begin with it
     * @param payloads RTP payloads in order
     * @param ends whether the last payload ends a picture, and gets the marker bit
     */
    record Unit(boolean video, Duration at, int timestamp, boolean keyFrame, List<byte[]> payloads, boolean ends) {}

    /** The next unit if there is one already, or {@code null}. */
    Unit peek();

    /** Takes the unit that was looked at. */
    void take();

    /** It is sent from now on: what is live has nothing to say of the time before. */
    default void begin() {}

    /** Whether nothing will come any more. */
    boolean isOver();

    /** Why it ended early, one sentence; {@code null} when it did not. */
    String failure();

    @Override
    void close();
}
