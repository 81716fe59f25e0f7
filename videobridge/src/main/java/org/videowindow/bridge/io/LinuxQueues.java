package org.videowindow.bridge.io;

import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * What arrives at one port, in up to three queues of the kernel, and the order they are read in: first what decides who may
 * send and receive at all, some of it at a time, then media; feedback when it is asked for. A queue of media that is full
 * so keeps nobody out, and a flood of handshakes stops no media. Which datagram lies in which queue is the kernel's choice
 * by {@link DatagramFilter}, and nobody may rely on it. Owned by its socket.
 */
final class LinuxQueues {
    /** STUN and DTLS in one batch at most, a quarter of it; the rest waits for the next. */
    static final int HANDSHAKES = ReceiveBatch.DEFAULT_SLOTS / 4;

    /** How long nobody asks for STUN and DTLS while media come without end, so that nothing is waited for. */
    private static final long UNSEEN_NANOS = 2_000_000;

    private final LinuxPoll poll;
    private final LinuxInbox media;

    /** STUN and DTLS, or {@code null} where they come with media, and so does feedback. */
    private final LinuxInbox handshakes;

    private final LinuxInbox feedback;
    private boolean mayHaveMore;
    private boolean handshakesWait;
    private long seenAt;

    /**
     * @param scope of its memory
     * @param handshakes of STUN and DTLS, or {@code null}
     * @param feedback of feedback, or {@code null}
     */
    LinuxQueues(
            Arena scope,
            LinuxPoll poll,
            LinuxDescriptor media,
            LinuxDescriptor handshakes,
            LinuxDescriptor feedback,
            SocketCounters counters) {
        this.poll = poll;
        this.media = new LinuxInbox(scope, media, counters);
        this.handshakes = handshakes == null ? null : new LinuxInbox(scope, handshakes, counters);
        this.feedback = feedback == null ? null : new LinuxInbox(scope, feedback, counters);
        seenAt = System.nanoTime();
    }

    /** As {@link UdpSocket#receive}. */
    int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
        batch.clear();
        boolean received = false;
        // What the last call did not fill has been emptied by it: asked again before waiting, the answer would be no.
        if (timeoutNanos == 0 || mayHaveMore) {
            boolean some = takeHandshakes(batch);
            received = media.receive(batch, batch.capacity()) || some;
        }
        if (!received && timeoutNanos == 0) {
            // Who does not wait here has waited elsewhere: nothing where something was announced may be a broken
            // socket.
            media.receiveOrFail(batch, batch.capacity());
        } else if (!received) {
            boolean mediaWait = poll.awaitReadable(timeoutNanos);
            seen(poll.handshakesWait());
            boolean some = handshakesWait && takeHandshakes(batch);
            if (mediaWait && !media.receive(batch, batch.capacity()) && !some) {
                media.receiveOrFail(batch, batch.capacity());
            }
        }
        mayHaveMore = batch.count() == batch.capacity();
        return batch.count();
    }

    /** As {@link UdpSocket#receiveFeedback}. */
    int receiveFeedback(ReceiveBatch batch) {
        batch.clear();
        if (feedback != null) {
            feedback.receive(batch, batch.capacity());
        }
        return batch.count();
    }

    /** Somebody has waited for all queues together, and knows whether there are handshakes. */
    void seen(boolean thereAreHandshakes) {
        handshakesWait = thereAreHandshakes;
        seenAt = System.nanoTime();
    }

    /** Costs a look at the clock when there is nothing. */
    private boolean takeHandshakes(ReceiveBatch batch) throws IOException {
        if (handshakes == null) {
            return false;
        }
        boolean announced = handshakesWait;
        if (!announced) {
            long now = System.nanoTime();
            if (now - seenAt < UNSEEN_NANOS) {
                return false;
            }
            seenAt = now;
        }
        boolean received = handshakes.receive(batch, HANDSHAKES);
        if (announced && !received) {
            handshakes.receiveOrFail(batch, HANDSHAKES);
        }
        handshakesWait = batch.count() == HANDSHAKES;
        return received;
    }
}
