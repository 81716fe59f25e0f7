package org.videowindow.bridge.conference;

import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * The packets of one frame that have arrived and are to be handed out: receiver by receiver, each gets all of them at
 * once. What belongs to a receiver is then looked up once for a frame, and the first receivers have theirs while those of
 * the last ones are still being sealed. Owned by the worker's {@link MediaPlane}, which hands out before anything happens
 * that could change who gets what.
 */
final class FrameInHand {
    /** Packets held at most; what comes then begins anew. A large key frame is handed out in parts. */
    static final int MOST = 32;

    private final RtpPacket[] views = new RtpPacket[MOST];
    private final VideoPacket[] packets = new VideoPacket[MOST];
    private final Outbox outbox;
    private int count;
    private ReceivedStream stream;
    private int timestamp;

    FrameInHand(Outbox outbox) {
        this.outbox = outbox;
        for (int i = 0; i < MOST; i++) {
            views[i] = new RtpPacket();
            packets[i] = new VideoPacket();
        }
    }

    /** Whether nothing is to be handed out. */
    boolean isEmpty() {
        return count == 0;
    }

    /**
     * A packet of this stream and time is about to be read: hands out what belongs to another frame, because reading may
     * change what is known of the stream.
     */
    void expect(ReceivedStream next, int nextTimestamp, long now) {
        if (count > 0 && (stream != next || timestamp != nextTimestamp || count == MOST)) {
            handOut(now);
        }
    }

    /** The view for the next packet; free again unless it is {@link #take taken}. */
    RtpPacket view() {
        return views[count];
    }

    /** What the packet in {@link #view} is read into. */
    VideoPacket packet() {
        return packets[count];
    }

    /** Keeps the packet in {@link #packet} until the hand-out. */
    void take(ReceivedStream of) {
        stream = of;
        timestamp = packets[count].timestamp();
        count++;
    }

    /** Gives every receiver all packets. */
    void handOut(long now) {
        int held = count;
        if (held == 0) {
            return;
        }
        ReceivedStream from = stream;
        try {
            for (ForwardedSource taker : from.takers()) {
                Outbound receiver = taker.receiver().outbound();
                for (int i = 0; i < held; i++) {
                    receiver.forward(taker, packets[i], from, now);
                }
                outbox.received(held);
            }
        } finally {
            for (int i = 0; i < held; i++) {
                packets[i].restore();
            }
            count = 0;
            stream = null;
        }
    }
}
