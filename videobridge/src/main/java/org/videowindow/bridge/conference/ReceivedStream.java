package org.videowindow.bridge.conference;

import java.util.Arrays;
import org.videowindow.bridge.feedback.ReceptionStatistics;
import org.videowindow.bridge.retransmit.NackGenerator;
import org.videowindow.bridge.retransmit.PacketRing;

/**
 * One stream an endpoint sends (a primary SSRC with its retransmission stream): what arrived, what is missing, and its
 * subscribers. Packets of video stay in its ring, which serves fan-out and repetition. Owned by the worker.
 */
final class ReceivedStream {
    /** Ring of a video: a second of 4 Mbit/s; it begins small and takes what the bit rate needs. */
    private static final int RING_BYTES = 512 * 1024;

    private static final long RING_NANOS = 800_000_000L;
    private static final int AUDIO_CLOCK_RATE = 48_000;
    private static final int VIDEO_CLOCK_RATE = 90_000;

    private static final ForwardedStream[] NOBODY = {};

    private final EndpointSession sender;
    private MediaSource source;
    private final int ssrc;
    private final int repeatSsrc;
    private final long keyFrameInterval;
    private final ReceptionStatistics statistics;
    private final PacketRing ring;
    private final NackGenerator missing;
    private ForwardedStream[] subscribers = NOBODY;
    private long bytes;
    private long repeatedPackets;
    private boolean keyFrameWanted;
    private boolean keyFrameAsked;
    private long keyFrameAskedAt;

    /** @param repeatSsrc SSRC of the retransmission stream, 0 for none */
    ReceivedStream(EndpointSession sender, MediaSource source, int ssrc, int repeatSsrc, long keyFrameInterval) {
        this.sender = sender;
        this.source = source;
        this.ssrc = ssrc;
        this.repeatSsrc = repeatSsrc;
        this.keyFrameInterval = keyFrameInterval;
        boolean video = source.kind() == MediaKind.VIDEO;
        this.ring = video ? new PacketRing(RING_BYTES, RING_NANOS) : null;
        this.statistics = new ReceptionStatistics(video ? VIDEO_CLOCK_RATE : AUDIO_CLOCK_RATE);
        this.missing = video ? new NackGenerator() : null;
    }

    EndpointSession sender() {
        return sender;
    }

    /** The same stream is described anew, e.g. with another video type. */
    void describe(MediaSource description) {
        source = description;
    }

    MediaSource source() {
        return source;
    }

    boolean isVideo() {
        return source.kind() == MediaKind.VIDEO;
    }

    int ssrc() {
        return ssrc;
    }

    int repeatSsrc() {
        return repeatSsrc;
    }

    ReceptionStatistics statistics() {
        return statistics;
    }

    /** Packets in the clear; {@code null} for sound. */
    PacketRing ring() {
        return ring;
    }

    /** What to ask for again; {@code null} for sound. */
    NackGenerator missing() {
        return missing;
    }

    /** A packet arrived, by itself or by retransmission. */
    void received(int sequence, int timestamp, int length, long now) {
        statistics.received(sequence, timestamp, now);
        bytes += length;
    }

    void repeated() {
        repeatedPackets++;
    }

    // --- Subscribers ---

    /** Who gets it. The array is replaced, never changed. */
    ForwardedStream[] subscribers() {
        return subscribers;
    }

    void add(ForwardedStream subscriber) {
        ForwardedStream[] more = Arrays.copyOf(subscribers, subscribers.length + 1);
        more[subscribers.length] = subscriber;
        subscribers = more;
    }

    void remove(ForwardedStream subscriber) {
        subscribers =
                Arrays.stream(subscribers).filter(one -> one != subscriber).toArray(ForwardedStream[]::new);
    }

    /** Nobody gets it any more; it is no longer sent or its sender has left. */
    void close() {
        for (ForwardedStream subscriber : subscribers) {
            subscriber.receiver().drop(subscriber);
        }
        subscribers = NOBODY;
    }

    // --- Key frames ---

    /** Somebody needs a key frame. The sender is asked by {@link #takeKeyFrameRequest}, now or a little later. */
    void wantKeyFrame() {
        if (isVideo()) {
            keyFrameWanted = true;
        }
    }

    /** Whether to ask the sender now; then it counts as asked. One question per interval answers everybody. */
    boolean takeKeyFrameRequest(long now) {
        if (!keyFrameWanted || (keyFrameAsked && now - keyFrameAskedAt < keyFrameInterval)) {
            return false;
        }
        keyFrameWanted = false;
        keyFrameAsked = true;
        keyFrameAskedAt = now;
        return true;
    }

    /** A key frame begins to arrive: everybody who waited is served. */
    void keyFrameArrived() {
        keyFrameWanted = false;
    }

    ConferenceSnapshot.Source snapshot() {
        return new ConferenceSnapshot.Source(
                source.name(),
                source.kind(),
                source.videoType(),
                ssrc & 0xffff_ffffL,
                statistics.received(),
                bytes,
                Math.max(0, statistics.lost()),
                repeatedPackets,
                statistics.jitter() * 1000.0 / (isVideo() ? VIDEO_CLOCK_RATE : AUDIO_CLOCK_RATE),
                Arrays.stream(subscribers).map(ForwardedStream::snapshot).toList());
    }
}
