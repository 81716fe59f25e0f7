package org.videowindow.bridge.conference;

import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Packets of one conference that have arrived and are to be handed out: receiver by receiver, each gets all of them at
 * once, sound first. What belongs to a receiver is then looked up once for all of them, they leave in few messages, and the
 * first receivers have theirs while those of the last ones are still being sealed. The more has arrived since the last
 * turn, because there is much to do, the less a packet costs.
 *
 * <p>Owned by the worker's {@link MediaPlane}, which hands out before commands and timers, that change who gets what.
 */
final class PacketsInHand {
    /** Packets held at most: as many as arrive in one batch. */
    static final int MOST = 64;

    private final byte[][] rooms = new byte[MOST][];
    private final RtpPacket[] views = new RtpPacket[MOST];
    private final VideoPacket[] packets = new VideoPacket[MOST];
    private final Outbox outbox;

    /** Of the packets, the place of its stream below. */
    private final int[] streamOf = new int[MOST];

    private int count;

    private final ReceivedStream[] streams = new ReceivedStream[MOST];
    private final ForwardedSource[][] takers = new ForwardedSource[MOST][];

    /** Of the streams, the place in its takers whose turn comes next. */
    private final int[] next = new int[MOST];

    private int streamCount;

    PacketsInHand(Outbox outbox) {
        this.outbox = outbox;
        for (int i = 0; i < MOST; i++) {
            rooms[i] = new byte[Scratch.BYTES];
            views[i] = new RtpPacket();
            packets[i] = new VideoPacket();
        }
    }

    /**
     * A packet of this stream and time is about to be read: hands out what is in hand when it cannot be held together
     * with that, because it is of another conference, or of the next frame of a picture: reading it may change what is
     * known of the stream.
     */
    void expect(ReceivedStream stream, int timestamp, long now) {
        if (count == 0) {
            return;
        }
        if (count == MOST
                || streams[0].source().sender().conference()
                        != stream.source().sender().conference()) {
            handOut(now);
            return;
        }
        if (stream.ring() != null) {
            int place = placeOf(stream);
            for (int i = count - 1; place >= 0 && i >= 0; i--) {
                if (streamOf[i] == place) {
                    if (packets[i].timestamp() != timestamp) {
                        handOut(now);
                    }
                    return;
                }
            }
        }
    }

    private int placeOf(ReceivedStream stream) {
        for (int i = streamCount - 1; i >= 0; i--) {
            if (streams[i] == stream) {
                return i;
            }
        }
        return -1;
    }

    /** Room for the next packet in the clear, where its stream has no ring. */
    byte[] room() {
        return rooms[count];
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
    void take(ReceivedStream stream) {
        int place = placeOf(stream);
        if (place < 0) {
            place = streamCount++;
            streams[place] = stream;
        }
        streamOf[count++] = place;
    }

    /** Gives every receiver all packets that it is to get. */
    void handOut(long now) {
        if (count == 0) {
            return;
        }
        int held = count;
        int open = streamCount;
        try {
            for (int s = 0; s < open; s++) {
                takers[s] = streams[s].takers();
                next[s] = 0;
            }
            for (int receiver = nextReceiver(open); receiver != Integer.MAX_VALUE; receiver = nextReceiver(open)) {
                handOut(receiver, held, true, now);
                handOut(receiver, held, false, now);
                pass(receiver, open);
                outbox.received(held);
            }
        } finally {
            for (int i = 0; i < held; i++) {
                packets[i].restore();
            }
            for (int s = 0; s < open; s++) {
                streams[s] = null;
                takers[s] = null;
            }
            count = 0;
            streamCount = 0;
        }
    }

    /** Takers are ordered by their receivers' numbers: the smallest that has not had its turn. */
    private int nextReceiver(int open) {
        int least = Integer.MAX_VALUE;
        for (int s = 0; s < open; s++) {
            if (next[s] < takers[s].length) {
                least = Math.min(least, takers[s][next[s]].receiverNumber());
            }
        }
        return least;
    }

    private void handOut(int receiver, int held, boolean sound, long now) {
        for (int i = 0; i < held; i++) {
            int s = streamOf[i];
            if ((streams[s].ring() == null) == sound && next[s] < takers[s].length) {
                ForwardedSource taker = takers[s][next[s]];
                if (taker.receiverNumber() == receiver) {
                    taker.receiver().outbound().forward(taker, packets[i], streams[s], now);
                }
            }
        }
    }

    private void pass(int receiver, int open) {
        for (int s = 0; s < open; s++) {
            if (next[s] < takers[s].length && takers[s][next[s]].receiverNumber() == receiver) {
                next[s]++;
            }
        }
    }
}
