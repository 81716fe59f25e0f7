package org.videowindow.bridge.channel;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the bridge channels count. Any thread. */
public final class ChannelCounters {
    /** What can happen on or around a channel. */
    public enum Event {
        /** A channel was opened. */
        OPENED,
        /** A channel was opened in the place of an older one. */
        REPLACED,
        /** Refused: no such path, conference or endpoint, or a wrong password. */
        REFUSED_CREDENTIALS,
        /** Refused: origin of the page is not allowed. */
        REFUSED_ORIGIN,
        /** A message was received. */
        RECEIVED,
        /** A message was sent. */
        SENT,
        /** Dropped: not a strict JSON object. */
        DROPPED_JSON,
        /** Dropped: without class. */
        DROPPED_CLASS,
        /** Dropped: a member is missing, of another type or out of range. */
        DROPPED_MEMBER,
        /** Ignored: a class the bridge does not know. */
        UNKNOWN_CLASS,
        /** Dropped: sent faster than allowed. */
        DROPPED_RATE,
        /** Dropped: to an endpoint without channel. */
        DROPPED_RECIPIENT,
        /** Dropped: more happened than could be told. */
        DROPPED_EVENTS,
        /** Closed: the client read too slowly. */
        CLOSED_SLOW,
        /** Closed: the client sent too fast for too long. */
        CLOSED_FLOOD,
        /** Closed: too large, binary, silent, or otherwise broken. */
        CLOSED_ERROR,
        /** A defect of the bridge: what happened could not be told. */
        FAULT
    }

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    public ChannelCounters() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        counts.get(event).increment();
    }

    /** How often an event has happened. */
    public long get(Event event) {
        return counts.get(event).sum();
    }
}
