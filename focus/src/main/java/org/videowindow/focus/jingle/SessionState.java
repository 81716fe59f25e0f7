package org.videowindow.focus.jingle;

import java.util.Optional;

/**
 * Where a session with one participant stands (XEP-0166).
 *
 * <pre>
 * state       | ALLOCATED | ACCEPTED | OVER
 * ------------+-----------+----------+------
 * ALLOCATING  | OFFERED   | -        | ENDED
 * OFFERED     | -         | ACTIVE   | ENDED
 * ACTIVE      | -         | -        | ENDED
 * ENDED       | -         | -        | -
 * </pre>
 * There is no way back: whoever needs media again gets a new session with a new sid.
 */
public enum SessionState {
    /** The bridge was asked for an endpoint; the participant knows nothing yet. */
    ALLOCATING,
    /** session-initiate is under way or was received; session-accept is awaited. */
    OFFERED,
    /** Accepted: media may flow, sources may come and go. */
    ACTIVE,
    /** Over, for whatever reason. */
    ENDED;

    /** What can happen to a session. */
    public enum Event {
        /** The bridge has made the endpoint. */
        ALLOCATED,
        /** The participant accepted. */
        ACCEPTED,
        /** Either side ended it, or something it needs is gone. */
        OVER
    }

    /** The state after the event, or empty when the event is out of order. */
    public Optional<SessionState> after(Event event) {
        return Optional.ofNullable(
                switch (this) {
                    case ALLOCATING ->
                        switch (event) {
                            case ALLOCATED -> OFFERED;
                            case ACCEPTED -> null;
                            case OVER -> ENDED;
                        };
                    case OFFERED ->
                        switch (event) {
                            case ALLOCATED -> null;
                            case ACCEPTED -> ACTIVE;
                            case OVER -> ENDED;
                        };
                    case ACTIVE -> event == Event.OVER ? ENDED : null;
                    case ENDED -> null;
                });
    }
}
