package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * The sources one endpoint announced, and their streams by SSRC: those that were announced, and those that were learned.
 * Held by {@link Inbound}. Owned by the worker.
 */
final class SentSources {
    private final EndpointSession endpoint;
    private final long keyFrameInterval;
    private final LearnedStreams learned;

    /** By SSRC, primary and retransmission ones; short enough to be searched from the front. */
    private int[] ssrcs = {};

    private ReceivedStream[] streamOf = {};
    private List<ReceivedSource> sources = List.of();
    private ReceivedStream[] streams = {};

    SentSources(EndpointSession endpoint, LearnedStreams learned, long keyFrameInterval) {
        this.endpoint = endpoint;
        this.learned = learned;
        this.keyFrameInterval = keyFrameInterval;
    }

    /** As signalled. */
    List<ReceivedSource> sources() {
        return sources;
    }

    /** Streams over all sources. */
    ReceivedStream[] streams() {
        return streams;
    }

    /** The stream with this SSRC, or whose retransmissions have it; {@code null} when it is not known. */
    ReceivedStream find(int ssrc) {
        for (int i = 0; i < ssrcs.length; i++) {
            if (ssrcs[i] == ssrc) {
                return streamOf[i];
            }
        }
        return null;
    }

    /** Sources and streams that go on keep their state. */
    void replace(List<MediaSource> signalled) {
        List<ReceivedSource> replaced = new ArrayList<>();
        for (MediaSource description : signalled) {
            replaced.add(keepOrCreate(description));
        }
        for (ReceivedSource source : sources) {
            if (!replaced.contains(source)) {
                source.close();
            }
        }
        learned.sources(replaced);
        index(replaced);
    }

    private ReceivedSource keepOrCreate(MediaSource description) {
        for (ReceivedSource source : sources) {
            if (source.isDescribedBy(description)) {
                source.describe(description);
                return source;
            }
        }
        return new ReceivedSource(endpoint, description, keyFrameInterval);
    }

    /** Whether a packet whose SSRC is not known may tell of which stream it is. */
    boolean mayLearn() {
        return !learned.isEmpty();
    }

    /**
     * Learns from a packet in the clear whose SSRC is not known.
     *
     * @return the stream that has this SSRC from now on, or {@code null}
     */
    ReceivedStream learn(RtpPacket packet, boolean repetition, long now) {
        ReceivedStream stream = learned.learn(packet, repetition, now);
        if (stream != null) {
            index(sources);
        }
        return stream;
    }

    /** Another endpoint has announced these: nothing that was learned is on their SSRCs. */
    void announced(List<MediaSource> others) {
        if (learned.isEmpty()) {
            return;
        }
        for (MediaSource other : others) {
            for (long ssrc : other.ssrcs()) {
                if (learned.announced((int) ssrc)) {
                    index(sources);
                }
            }
        }
    }

    void close() {
        sources.forEach(ReceivedSource::close);
        learned.sources(List.of());
        index(List.of());
    }

    private void index(List<ReceivedSource> replaced) {
        sources = List.copyOf(replaced);
        streams = sources.stream().flatMap(source -> source.streams().stream()).toArray(ReceivedStream[]::new);
        int count = 0;
        for (ReceivedStream stream : streams) {
            count += (stream.ssrc() == 0 ? 0 : 1) + (stream.repeatSsrc() == 0 ? 0 : 1);
        }
        ssrcs = new int[count];
        streamOf = new ReceivedStream[count];
        int at = 0;
        for (ReceivedStream stream : streams) {
            at = index(stream.ssrc(), stream, at);
            at = index(stream.repeatSsrc(), stream, at);
        }
    }

    private int index(int ssrc, ReceivedStream stream, int at) {
        if (ssrc == 0) {
            return at;
        }
        ssrcs[at] = ssrc;
        streamOf[at] = stream;
        return at + 1;
    }
}
