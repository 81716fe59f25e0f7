package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.videowindow.bridge.allocation.OfferedLayer;

/**
 * One source an endpoint sends, e.g. its camera: its encodings, from the smallest to the largest, and who is sent one of
 * them. Kept and found by {@link Inbound}. Owned by the worker.
 */
final class ReceivedSource {
    private static final ForwardedSource[] NOBODY = {};

    private static final long TICK_NANOS = 50_000_000L;
    private static final int FULL_HEIGHT = 720;

    private final EndpointSession sender;
    private final long keyFrameInterval;
    private MediaSource description;
    private List<ReceivedStream> streams = List.of();
    private ReceivedStream[] encodings = {};
    private ForwardedSource[] subscribers = NOBODY;
    private int ssrc;
    private int repeatSsrc;
    private boolean described;
    private boolean ended;
    private long lastTick;

    ReceivedSource(EndpointSession sender, MediaSource description, long keyFrameInterval) {
        this.sender = sender;
        this.keyFrameInterval = keyFrameInterval;
        describe(description);
    }

    /** Whether a description is of this source: then it goes on, under the SSRCs that receivers know it by. */
    boolean isDescribedBy(MediaSource other) {
        long primary = other.ssrcs().getFirst();
        return other.name().equals(name())
                && other.kind() == kind()
                && other.ids().isEmpty() == description.ids().isEmpty()
                && (int) primary == ssrc()
                && (int) SourceRules.retransmissionOf(other, primary) == repeatSsrc();
    }

    /** The source is described anew, e.g. with more encodings. Streams that go on keep their state. */
    void describe(MediaSource replacement) {
        List<ReceivedStream> kept = replacement.ids().isEmpty() ? bySsrc(replacement) : byId(replacement);
        ReceivedStream[] sizes = kept.stream()
                .filter(stream -> stream.encoding() >= 0)
                .sorted(Comparator.comparingInt(ReceivedStream::encoding))
                .toArray(ReceivedStream[]::new);
        for (ReceivedStream stream : streams) {
            if (!kept.contains(stream)) {
                stream.close();
            }
        }
        description = replacement;
        streams = List.copyOf(kept);
        encodings = sizes;
        described = true;
        long primary = replacement.ssrcs().getFirst();
        ssrc = (int) primary;
        repeatSsrc = (int) SourceRules.retransmissionOf(replacement, primary);
    }

    private List<ReceivedStream> bySsrc(MediaSource replacement) {
        List<Long> simulcast = SourceRules.encodingsOf(replacement);
        List<ReceivedStream> kept = new ArrayList<>();
        for (long each : replacement.ssrcs()) {
            if (!SourceRules.isRetransmission(replacement, each)) {
                int repeatedBy = (int) SourceRules.retransmissionOf(replacement, each);
                kept.add(keepOrCreate(replacement.kind(), (int) each, repeatedBy, simulcast.indexOf(each)));
            }
        }
        return kept;
    }

    /** Streams whose SSRCs are told by {@link #move} as soon as they are known. */
    private List<ReceivedStream> byId(MediaSource replacement) {
        List<String> ids = replacement.ids().encodings();
        List<String> before = description == null
                        || !description.ids().mid().equals(replacement.ids().mid())
                ? List.of()
                : description.ids().encodings();
        List<ReceivedStream> kept = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            boolean goesOn = i < before.size() && before.get(i).equals(ids.get(i));
            kept.add(goesOn ? encodings[i] : new ReceivedStream(this, replacement.kind(), 0, 0, i, keyFrameInterval));
        }
        return kept;
    }

    /**
     * An encoding is on this SSRC from now on, 0 for none that is known. Of what was on another one nothing is true for
     * it, and receivers begin with it anew.
     */
    void move(int encoding, int toSsrc) {
        ReceivedStream old = encodings[encoding];
        if (old.ssrc() == 0) {
            old.learned(toSsrc);
            return;
        }
        ReceivedStream moved = new ReceivedStream(this, kind(), toSsrc, 0, encoding, keyFrameInterval);
        encodings[encoding] = moved;
        streams = List.of(encodings);
        described = true;
        old.close();
    }

    private ReceivedStream keepOrCreate(MediaKind kind, int ssrc, int repeatSsrc, int index) {
        for (ReceivedStream stream : streams) {
            if (stream.ssrc() == ssrc && stream.repeatSsrc() == repeatSsrc && stream.encoding() == index) {
                return stream;
            }
        }
        return new ReceivedStream(this, kind, ssrc, repeatSsrc, index, keyFrameInterval);
    }

    EndpointSession sender() {
        return sender;
    }

    MediaSource description() {
        return description;
    }

    String name() {
        return description.name();
    }

    MediaKind kind() {
        return description.kind();
    }

    boolean isVideo() {
        return description.kind() == MediaKind.VIDEO;
    }

    /** Its streams: the encodings and what else was signalled, which nobody is sent. */
    List<ReceivedStream> streams() {
        return streams;
    }

    /** Simulcast encodings from the smallest to the largest; one when there is no simulcast. */
    ReceivedStream[] encodings() {
        return encodings;
    }

    /**
     * SSRC that receivers know it by, where they are not told another one: that of its smallest encoding, or one that was
     * made up for them.
     */
    int ssrc() {
        return ssrc;
    }

    /** SSRC of the retransmission stream that goes with {@link #ssrc}, 0 for none. */
    int repeatSsrc() {
        return repeatSsrc;
    }

    // --- What arrives ---

    /**
     * The largest encoding that arrives and is not larger than the wanted one; when none is, the smallest that arrives,
     * and when nothing arrives the smallest.
     */
    ReceivedStream best(int wanted) {
        ReceivedStream smallest = null;
        for (int i = encodings.length - 1; i >= 0; i--) {
            if (encodings[i].arrives()) {
                if (i <= wanted) {
                    return encodings[i];
                }
                smallest = encodings[i];
            }
        }
        return smallest == null ? encodings[0] : smallest;
    }

    /** What arrives has changed: receivers may want something else. */
    void retarget(long now) {
        sender.conference().allocation().encodingsChanged(now);
        for (ForwardedSource subscriber : subscribers) {
            subscriber.retarget(now);
        }
    }

    /** A picture of an encoding begins: the others are measured by it, and left when they stay behind. */
    void picture(ReceivedStream of, long now) {
        if (encodings.length == 1) {
            return;
        }
        boolean stopped = false;
        for (ReceivedStream other : encodings) {
            if (other != of && firstArriving(other) == of) {
                other.missedPicture();
                stopped |= other.hasStopped(now);
            }
        }
        if (stopped) {
            retarget(now);
        }
    }

    private ReceivedStream firstArriving(ReceivedStream besides) {
        for (ReceivedStream encoding : encodings) {
            if (encoding != besides && encoding.arrives()) {
                return encoding;
            }
        }
        return null;
    }

    /** Lets time pass: encodings and layers that do not arrive any more are left, key frames asked for again. */
    void tick(long now) {
        if (!isVideo() || now - lastTick < TICK_NANOS) {
            return;
        }
        lastTick = now;
        boolean changed = described;
        described = false;
        for (ReceivedStream encoding : encodings) {
            changed |= encoding.hasStopped(now);
        }
        if (changed) {
            retarget(now);
        }
        for (ForwardedSource subscriber : subscribers) {
            subscriber.tick(now);
        }
    }

    /** What it offers its receivers now, by rising cost within each encoding. */
    List<OfferedLayer> offers(long now) {
        List<OfferedLayer> offers = new ArrayList<>();
        for (ReceivedStream encoding : encodings) {
            if (encoding.arrives()) {
                encoding.meter().offer(encoding.encoding(), guessedHeight(encoding.encoding()), now, offers);
            }
        }
        return offers;
    }

    /** Browsers send 1:1, 1:2 and 1:4 of the same picture; where no size is told, of 720 lines. */
    private int guessedHeight(int encoding) {
        return FULL_HEIGHT >> (encodings.length - 1 - encoding);
    }

    // --- Subscribers ---

    /** Who is sent one of its encodings. The array is replaced, never changed. */
    ForwardedSource[] subscribers() {
        return subscribers;
    }

    void add(ForwardedSource subscriber) {
        ForwardedSource[] more = Arrays.copyOf(subscribers, subscribers.length + 1);
        more[subscribers.length] = subscriber;
        subscribers = more;
    }

    void remove(ForwardedSource subscriber) {
        subscribers =
                Arrays.stream(subscribers).filter(one -> one != subscriber).toArray(ForwardedSource[]::new);
    }

    /** Whether it is no longer there. */
    boolean hasEnded() {
        return ended;
    }

    /** It is no longer sent or its sender has left. */
    void close() {
        ended = true;
        for (ForwardedSource subscriber : subscribers) {
            subscriber.receiver().drop(subscriber);
        }
        subscribers = NOBODY;
        streams.forEach(ReceivedStream::close);
    }
}
