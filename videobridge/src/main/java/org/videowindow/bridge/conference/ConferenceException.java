package org.videowindow.bridge.conference;

/** A request that the bridge refuses. Nothing has changed. The message is one sentence for the log of the asking part. */
public final class ConferenceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Reason {
        /** The bridge or the conference is full. */
        LIMIT,
        /** The conference or endpoint is there already. */
        EXISTS,
        /** There is no such conference or endpoint (any more). */
        UNKNOWN,
        /** An SSRC or source name belongs to somebody else. */
        CONFLICT,
        /** A value is out of its range or does not fit the others. */
        INVALID,
        /** The worker has too much to do, or the bridge is stopping; may be tried again. */
        OVERLOADED
    }

    private final Reason reason;

    public ConferenceException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
