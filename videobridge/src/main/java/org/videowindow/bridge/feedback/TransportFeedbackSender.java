package org.videowindow.bridge.feedback;

import org.videowindow.bridge.rtcp.TransportFeedback;
import org.videowindow.bridge.rtcp.TransportFeedbackWriter;
import org.videowindow.bridge.rtp.SequenceUnwrapper;

/**
 * Collects when the packets of one sender arrived, by their transport-wide sequence numbers, and writes the feedback from
 * which the sender estimates its bandwidth. Remembers {@link #WINDOW} packets; a packet that arrives after a later one
 * was reported moves the report's start back to itself, so that the sender learns that it was not lost.
 *
 * <p>Owned by the worker thread of the conference.
 */
public final class TransportFeedbackSender {
    /** Sequence numbers remembered. */
    public static final int WINDOW = 2048;

    /** Time between feedback packets: long enough to cost little, short enough for a quick estimate. */
    public static final long INTERVAL_NANOS = 50_000_000;

    /** That many packets are reported at once without waiting for the interval. */
    static final int EAGER_PACKETS = 256;

    private static final long MISSING = Long.MIN_VALUE;

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
    /** Empty until the first packet comes. */
    private long[] arrival = {};

    private long first = -1;
    private long epoch;
    private long lastSent;
    private int unreported;
    private int feedbackCount;

    /** Tells that a packet with that transport-wide sequence number arrived. */
    public void received(int transportSequence, long now) {
        long newest = unwrapper.newest();
        long full = unwrapper.unwrap(transportSequence);
        if (newest < 0 || full - newest >= WINDOW) {
            restart(full, now, newest < 0);
        } else if (full > newest) {
            for (long skipped = newest + 1; skipped < full; skipped++) {
                arrival[slot(skipped)] = MISSING;
            }
        } else if (full <= newest - WINDOW || full < 0 || arrival[slot(full)] != MISSING) {
            return;
        }
        arrival[slot(full)] = (now - epoch) / TransportFeedback.TICK_NANOS;
        first = Math.max(Math.min(first, full), unwrapper.newest() - WINDOW + 1);
        unreported++;
    }

    private void restart(long full, long now, boolean begin) {
        if (arrival.length == 0) {
            arrival = new long[WINDOW];
        }
        java.util.Arrays.fill(arrival, MISSING);
        first = full;
        unreported = 0;
        if (begin) {
            epoch = now;
            lastSent = now;
        }
    }

    /** Whether it is time to write feedback. */
    public boolean due(long now) {
        return unreported > 0 && (now - lastSent >= INTERVAL_NANOS || unreported >= EAGER_PACKETS);
    }

    /** When feedback is due next, or {@link Long#MAX_VALUE}. */
    public long nextTime() {
        return unreported > 0 ? lastSent + INTERVAL_NANOS : Long.MAX_VALUE;
    }

    /**
     * Writes one feedback packet. Call again while it answers more than 0: a packet reports on at most
     * {@link TransportFeedbackWriter#MAX_PACKETS}.
     *
     * @param room bytes the packet may have, at least 64
     * @param senderSsrc the bridge's own
     * @param mediaSsrc any source of the sender
     * @return bytes written, 0 when there is nothing to report
     */
    public int write(byte[] out, int offset, int room, int senderSsrc, int mediaSsrc, long now) {
        lastSent = now;
        long newest = unwrapper.newest();
        if (unreported == 0 || first < 0 || first > newest) {
            unreported = 0;
            return 0;
        }
        long firstArrival = firstArrival(newest);
        writer.begin((int) first & 0xFFFF, firstArrival, room);
        long next = first;
        while (next <= newest) {
            long at = arrival[slot(next)];
            if (at == MISSING ? !writer.missing() : !writer.received(at)) {
                break;
            }
            next++;
        }
        first = next;
        if (first > newest) {
            unreported = 0;
        }
        return writer.finish(out, offset, senderSsrc, mediaSsrc, feedbackCount++ & 0xFF);
    }

    private long firstArrival(long newest) {
        for (long full = first; full <= newest; full++) {
            if (arrival[slot(full)] != MISSING) {
                return arrival[slot(full)];
            }
        }
        return 0;
    }

    private static int slot(long full) {
        return (int) full & (WINDOW - 1);
    }
}
