package org.videowindow.focus.agent;

/** Something that will happen unless it is cancelled. */
@FunctionalInterface
public interface Cancellable {
    /** Nothing to cancel. */
    Cancellable NONE = () -> {};

    /** Cancels; does nothing when it has happened or was cancelled already. */
    void cancel();
}
