package org.videowindow.bridge.layers;

import org.videowindow.bridge.codec.PacketLayers;

/**
 * What one receiver gets of one source, and under which numbers: sequence numbers without gaps over everything that is left
 * out and over every switch of encoding, timestamps that rise, picture ids and frame numbers that go on.
 *
 * <p>A packet that is left out takes its number with it: later ones move up. One that is missing when later ones leave
 * keeps its number, so that it can follow; if it turns out not to be wanted, an empty packet takes its place. VP8 picture
 * ids move up likewise; those of VP9 and frame numbers do not, because references are counted in them.
 *
 * <p>Owned by the worker, one per forwarded source.
 *
 * @param <S> what packets come from: streams
 */
public final class Rewriter<S> {
    /** The receiver does not get the packet. */
    public static final int DROP = 0;

    /** The receiver gets the packet. */
    public static final int SEND = 1;

    /** The receiver gets an empty packet in its place. */
    public static final int FILL = 2;

    private static final int NONE = -1;

    /** Numbers that are kept for missing packets at most; beyond that a stream has jumped. */
    private static final int MOST_RESERVED = 256;

    /** Sequence numbers begin a cycle above zero, so that those before the first are positive too. */
    private static final int CYCLE = 0x1_0000;

    /** Differences above this part of a second mean that the clocks of two encodings are not comparable. */
    private static final int CLOCKS_DIFFER = 3;

    private static final long LONGEST_PAUSE_NANOS = 3_600_000_000_000L;

    private final LayerFilter filter = new LayerFilter();
    private final OutgoingNumbers sent = new OutgoingNumbers();
    private final OutgoingNumbers repeated = new OutgoingNumbers();
    private final boolean remembers;
    private SentNumbers<S> history;
    private int found;

    private int newestOut = NONE;
    private int newestIn;
    private int firstIn;
    private int shift;
    private int nextPictureShift;
    private SenderClock clock;

    private boolean pictureKnown;
    private int pictureTimestamp;
    private boolean pictureDropped;

    /** Whether the receiver believes that it gets fewer targets than the sender has. */
    private boolean limited;

    private int lastTimestamp;
    private long lastTimestampAt;
    private int lastPicture;
    private int lastTl0;
    private int lastFrame;

    /** @param video whether packets can be left out and asked for again */
    public Rewriter(boolean video) {
        remembers = video;
    }

    /** Up to which spatial and temporal layer packets are wanted. */
    public void target(int spatial, int temporal) {
        filter.target(spatial, temporal);
    }

    /** Whether a spatial layer is wanted that only a key picture may lead to. */
    public boolean needsKeyPicture() {
        return filter.isBehind();
    }

    /** Highest spatial layer that is sent. */
    public int spatial() {
        return filter.spatial();
    }

    /** Highest temporal layer that is sent. */
    public int temporal() {
        return filter.temporal();
    }

    // --- Beginning ---

    /** Whether the receiver can begin to get a stream, up to the wanted spatial layer, with this packet. */
    public boolean canBegin(VideoPacket packet) {
        return packet.isNewest() && packet.begins() && filter.canBegin(packet.layers());
    }

    /** Nothing is sent until the next beginning; what was sent can no longer be asked for. */
    public void pause() {
        history = null;
    }

    /**
     * The receiver gets another stream, or the same after a break, from this packet on; {@link #accept} it next.
     *
     * @param origin the stream
     * @param streamClock of the stream
     * @param sameSource whether the stream before was an encoding of the same source
     */
    public void begin(VideoPacket packet, S origin, SenderClock streamClock, boolean sameSource, long now) {
        PacketLayers layers = packet.layers();
        int in = CYCLE + packet.sequence();
        newestIn = in - 1;
        firstIn = in;
        if (newestOut == NONE) {
            newestOut = in - 1;
        } else {
            sent.timestampShift = align(packet.timestamp(), streamClock, sameSource, now);
            nextPictureShift = lastPicture + 1 - Math.max(layers.pictureId, 0);
            sent.tl0Shift = lastTl0 + 1 - Math.max(layers.tl0PicIdx, 0);
            sent.frameShift = lastFrame + 1 - Math.max(packet.frameNumber(), 0);
        }
        shift = newestOut + 1 - in;
        clock = streamClock;
        pictureKnown = false;
        pictureDropped = false;
        filter.begin(layers);
        if (remembers) {
            if (history == null) {
                history = new SentNumbers<>();
            }
            history.begin(newestOut + 1, origin, sent);
        }
    }

    /** What the new stream's timestamps are moved by: as the sender's clock says, else by time of arrival; forward. */
    private int align(int timestamp, SenderClock next, boolean sameSource, long now) {
        if (next == clock) {
            int moved = timestamp + sent.timestampShift;
            return moved - lastTimestamp > 0 ? sent.timestampShift : lastTimestamp + 1 - timestamp;
        }
        int rate = next.clockRate();
        long elapsed = Math.max(0, Math.min(now - lastTimestampAt, LONGEST_PAUSE_NANOS));
        int moved = lastTimestamp + (int) (elapsed / 1_000 * rate / 1_000_000);
        if (sameSource && clock.isKnown() && next.isKnown()) {
            int byClock = clock.timestampOf(timestamp, next) + sent.timestampShift;
            if (Math.abs(byClock - moved) <= rate / CLOCKS_DIFFER) {
                moved = byClock;
            }
        }
        if (moved - lastTimestamp <= 0) {
            moved = lastTimestamp + 1;
        }
        return moved - timestamp;
    }

    // --- Packets ---

    /**
     * A packet of the stream begun last.
     *
     * @return {@link #DROP}, {@link #SEND} or {@link #FILL}; unless it is dropped {@link #write} writes its numbers
     */
    public int accept(VideoPacket packet, long now) {
        int ahead = (short) (packet.sequence() - newestIn);
        if (ahead <= 0) {
            return late(packet, newestIn + ahead);
        }
        PacketLayers layers = packet.layers();
        boolean newPicture = !pictureKnown || packet.timestamp() != pictureTimestamp;
        if (ahead > 1) {
            missing(ahead - 1, newPicture);
        }
        newestIn += ahead;
        if (layers.known && newPicture) {
            pictureKnown = true;
            pictureTimestamp = packet.timestamp();
        }
        if (layers.frameStart) {
            // When the first frame of a picture is missing, the picture goes on as the one before.
            filter.move(layers, newPicture && layers.spatial == 0);
        }
        if (packet.isEmpty() || !filter.wants(layers) || (packet.isProtection() && isRewritten())) {
            leaveOut(packet, newPicture);
            note(packet, newPicture, now);
            return DROP;
        }
        pictureDropped = false;
        newestOut = newestIn + shift;
        sent.sequence = newestOut;
        sent.pictureShift = nextPictureShift;
        sent.marker = endsPicture(packet, filter.spatial());
        limit(layers);
        remember(newestIn, sent.marker, SentNumbers.SENT);
        note(packet, newPicture, now);
        return SEND;
    }

    /**
     * The receiver must hear which of the sender's decode targets it gets (AV1 RTP specification, appendix A.4.4): with
     * every structure, and reliably after a change. It hears it with every packet until all are there at a new structure,
     * which says so by itself.
     */
    private void limit(PacketLayers layers) {
        if (layers.declared) {
            boolean fewer =
                    filter.spatial() < layers.spatialLayers - 1 || filter.temporal() < layers.temporalLayers - 1;
            limited = fewer || (limited && !layers.keyFrame);
        }
        sent.limited = limited;
        sent.spatial = filter.spatial();
        sent.temporal = filter.temporal();
    }

    private boolean isRewritten() {
        return (shift | sent.timestampShift | nextPictureShift | sent.tl0Shift | sent.frameShift) != 0;
    }

    private void leaveOut(VideoPacket packet, boolean newPicture) {
        shift--;
        if (newPicture && packet.layers().known) {
            // Of a picture of a higher temporal layer nothing is sent; of another one higher frames may be.
            pictureDropped = packet.layers().temporal > filter.temporal();
            if (packet.numbersPictures()) {
                nextPictureShift--;
            }
        }
    }

    private void remember(int in, boolean marker, int state) {
        if (history != null) {
            history.add(in + shift, in, nextPictureShift, filter.spatial(), filter.temporal(), limited, marker, state);
        }
    }

    private static boolean endsPicture(VideoPacket packet, int spatial) {
        PacketLayers layers = packet.layers();
        return packet.marker() || (layers.spatialLayers > 1 && layers.frameEnd && layers.spatial == spatial);
    }

    /** The next run goes on behind everything that was seen, since what is missing of it may still be sent. */
    private void note(VideoPacket packet, boolean newPicture, long now) {
        PacketLayers layers = packet.layers();
        if (newPicture) {
            lastTimestamp = packet.timestamp() + sent.timestampShift;
            lastTimestampAt = now;
        }
        if (layers.pictureId != PacketLayers.NONE) {
            lastPicture = layers.pictureId + nextPictureShift;
        }
        if (layers.tl0PicIdx != PacketLayers.NONE) {
            lastTl0 = layers.tl0PicIdx + sent.tl0Shift;
        }
        if (packet.frameNumber() != VideoPacket.NONE) {
            lastFrame = packet.frameNumber() + sent.frameShift;
        }
    }

    /** Packets have not arrived yet: they keep their numbers, unless they belong to what is left out. */
    private void missing(int count, boolean newPicture) {
        if (pictureDropped && !newPicture) {
            shift -= count;
        } else if (count > MOST_RESERVED) {
            shift -= count;
            firstIn = newestIn + count + 1;
            if (history != null) {
                history.continueAt(newestOut + 1);
            }
        } else {
            for (int i = 1; i <= count; i++) {
                remember(newestIn + i, false, SentNumbers.RESERVED);
            }
            newestOut = newestIn + count + shift;
        }
    }

    private int late(VideoPacket packet, int in) {
        if (in < firstIn) {
            return DROP;
        }
        sent.pictureShift = nextPictureShift;
        if (history == null) {
            sent.sequence = in + shift;
            sent.marker = packet.marker();
            sent.limited = false;
            return SEND;
        }
        int out = history.find(in);
        if (out == NONE || history.state(out) != SentNumbers.RESERVED) {
            return DROP;
        }
        boolean wanted = isWanted(packet, out) && !(packet.isProtection() && (out != in || isRewritten()));
        sent.sequence = out;
        sent.pictureShift = history.pictureShift(out);
        sent.marker = wanted && endsPicture(packet, history.spatial(out));
        history.readLimit(out, sent);
        history.state(out, wanted ? SentNumbers.SENT : SentNumbers.FILLED, sent.marker);
        return wanted ? SEND : FILL;
    }

    private boolean isWanted(VideoPacket packet, int out) {
        PacketLayers layers = packet.layers();
        return !packet.isEmpty() && (!layers.known || layers.neededFor(history.spatial(out), history.temporal(out)));
    }

    /** Writes the numbers of the packet accepted last into it, and the SSRC that the receiver knows. */
    public void write(VideoPacket packet, int ssrc) {
        packet.write(ssrc, sent);
    }

    /** The 16-bit sequence number of the packet accepted last. */
    public int sequence() {
        return sent.sequence & 0xffff;
    }

    /** The 16-bit sequence number of the newest packet that was sent, or kept free. */
    public int newest() {
        return newestOut & 0xffff;
    }

    /** A timestamp of the stream begun last as the receiver knows it. */
    public int timestamp(int senderTimestamp) {
        return senderTimestamp + sent.timestampShift;
    }

    // --- What is asked for again ---

    /** Finds what was sent, or kept, under a sequence number; then the methods below answer for it. */
    public boolean find(int sequence) {
        found = history == null ? NONE : history.lookUp(sequence);
        return found != NONE;
    }

    /** Where the packet found last came from. */
    public S foundOrigin() {
        return history.origin(found);
    }

    /** The sender's 16-bit sequence number of the packet found last. */
    public int foundSequence() {
        return history.in(found) & 0xffff;
    }

    /** Whether an empty packet took the number found last. */
    public boolean foundEmpty() {
        return history.state(found) == SentNumbers.FILLED;
    }

    /** Whether the receiver is to get the packet: what was sent once surely, what was missing by its layers. */
    public boolean foundIsWanted(VideoPacket packet) {
        return history.state(found) == SentNumbers.SENT || isWanted(packet, found);
    }

    /** Writes the numbers of the packet found last into it, the same as the first time. */
    public void writeFound(VideoPacket packet, int ssrc) {
        history.read(found, repeated);
        if (history.state(found) == SentNumbers.RESERVED) {
            repeated.marker = endsPicture(packet, history.spatial(found));
        }
        packet.write(ssrc, repeated);
    }
}
