package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One source an endpoint sends, e.g. its camera: its encodings, from the smallest to the largest, and who is sent one of
 * them. Kept and found by {@link Inbound}. Owned by the worker.
 */
final class ReceivedSource {
    private static final ForwardedSource[] NOBODY = {};

    private final EndpointSession sender;
    private final long keyFrameInterval;
    private MediaSource description;
    private List<ReceivedStream> streams = List.of();
    private ReceivedStream[] encodings = {};
    private ForwardedSource[] subscribers = NOBODY;

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
                && (int) primary == ssrc()
                && (int) SourceRules.retransmissionOf(other, primary) == repeatSsrc();
    }

    /** The source is described anew, e.g. with more encodings. Streams that go on keep their state. */
    void describe(MediaSource replacement) {
        List<Long> simulcast = SourceRules.encodingsOf(replacement);
        List<ReceivedStream> kept = new ArrayList<>();
        ReceivedStream[] sizes = new ReceivedStream[simulcast.size()];
        for (long ssrc : replacement.ssrcs()) {
            if (!SourceRules.isRetransmission(replacement, ssrc)) {
                int index = simulcast.indexOf(ssrc);
                int repeatSsrc = (int) SourceRules.retransmissionOf(replacement, ssrc);
                ReceivedStream stream = keepOrCreate(replacement.kind(), (int) ssrc, repeatSsrc, index);
                kept.add(stream);
                if (index >= 0) {
                    sizes[index] = stream;
                }
            }
        }
        for (ReceivedStream stream : streams) {
            if (!kept.contains(stream)) {
                stream.close();
            }
        }
        description = replacement;
        streams = List.copyOf(kept);
        encodings = sizes;
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

    /** SSRC that receivers know it by, where they are not told another one: that of its smallest encoding. */
    int ssrc() {
        return encodings[0].ssrc();
    }

    /** SSRC of the retransmission stream that goes with {@link #ssrc}, 0 for none. */
    int repeatSsrc() {
        return encodings[0].repeatSsrc();
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

    /** It is no longer sent or its sender has left. */
    void close() {
        for (ForwardedSource subscriber : subscribers) {
            subscriber.receiver().drop(subscriber);
        }
        subscribers = NOBODY;
        streams.forEach(ReceivedStream::close);
    }
}
