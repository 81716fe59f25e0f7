package org.videowindow.loadtest.endpoint;

/** Something that sends media by the clock. Called by the engine's thread only. */
public interface Sender {
    /** When it wants to be run next, by {@link System#nanoTime}. */
    long due();

    /** Sends what is due and sets the next time. */
    void run(long now);
}
