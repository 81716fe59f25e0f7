package org.videowindow.bridge.conference;

import java.util.Arrays;
import org.videowindow.bridge.codec.LayerReader;
import org.videowindow.bridge.codec.PacketLayers;
import org.videowindow.bridge.feedback.ReceptionStatistics;
import org.videowindow.bridge.layers.EvenLengths;
import org.videowindow.bridge.layers.LayerMeter;
import org.videowindow.bridge.layers.Presence;
import org.videowindow.bridge.layers.SenderClock;
import org.videowindow.bridge.retransmit.NackGenerator;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * One stream an endpoint sends, an encoding of a source (a primary SSRC with its retransmission stream): what arrived,
 * what is missing, and who takes its packets. Packets of video stay in its ring, which serves fan-out and repetition.
 * Owned by the worker.
 */
final class ReceivedStream {
    /** Ring of a video: a second of 4 Mbit/s; it begins small and takes what the bit rate needs. */
    private static final int RING_BYTES = 512 * 1024;

    private static final long RING_NANOS = 800_000_000L;
    private static final int AUDIO_CLOCK_RATE = 48_000;
    private static final int VIDEO_CLOCK_RATE = 90_000;

    private static final ForwardedSource[] NOBODY = {};

    private final ReceivedSource source;
    private int ssrc;
    private int repeatSsrc;
    private final int encoding;
    private final int clockRate;
    private final long keyFrameInterval;
    private final ReceptionStatistics statistics;
    private final PacketRing ring;
    private final NackGenerator missing;
    private final SenderClock clock;
    private final LayerReader reader;
    private final LayerMeter meter;
    private final EvenLengths lengths;
    private final FrameArrivals arrivals;
    private final Presence presence;
    private ForwardedSource[] takers = NOBODY;
    private boolean hushed;
    private long bytes;
    private long repeatedPackets;
    private boolean keyFrameWanted;
    private boolean keyFrameAsked;
    private long keyFrameAskedAt;

    /**
     * A stream of a source.
     *
     * @param ssrc 0 while it is not known
     * @param repeatSsrc SSRC of the retransmission stream, 0 for none
     * @param encoding which of the source's encodings, -1 for none of them
     */
    ReceivedStream(
            ReceivedSource source, MediaKind kind, int ssrc, int repeatSsrc, int encoding, long keyFrameInterval) {
        this.source = source;
        this.ssrc = ssrc;
        this.repeatSsrc = repeatSsrc;
        this.encoding = encoding;
        this.keyFrameInterval = keyFrameInterval;
        boolean video = kind == MediaKind.VIDEO;
        this.clockRate = video ? VIDEO_CLOCK_RATE : AUDIO_CLOCK_RATE;
        this.ring = video ? new PacketRing(RING_BYTES, RING_NANOS) : null;
        this.statistics = new ReceptionStatistics(clockRate);
        this.missing = video ? new NackGenerator() : null;
        this.clock = new SenderClock(clockRate);
        this.reader = video ? new LayerReader() : null;
        this.meter = video ? new LayerMeter() : null;
        this.lengths = video ? new EvenLengths() : null;
        this.arrivals = video ? new FrameArrivals() : null;
        this.presence = video ? new Presence() : null;
    }

    ReceivedSource source() {
        return source;
    }

    /** SSRC its sender uses, 0 while that is not known. */
    int ssrc() {
        return ssrc;
    }

    /** SSRC its sender repeats packets under, 0 for none that is known. */
    int repeatSsrc() {
        return repeatSsrc;
    }

    /** Its first packet told its SSRC. */
    void learned(int told) {
        ssrc = told;
    }

    /** A packet told the SSRC of its retransmission stream, 0 for none. */
    void repeatedBy(int told) {
        repeatSsrc = told;
    }

    /** Which of the source's encodings, from 0, the smallest; -1 for none of them. */
    int encoding() {
        return encoding;
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

    /** Its timestamps on its sender's clock. */
    SenderClock clock() {
        return clock;
    }

    /** Reads the layers of its packets; {@code null} for sound. */
    LayerReader reader() {
        return reader;
    }

    /** What arrives by layer; {@code null} for sound. */
    LayerMeter meter() {
        return meter;
    }

    /** Makes the packets of a picture equally long, in the ring, where sealing left room behind them. */
    void even(RtpPacket packet, PayloadMap payloads) {
        // Error correction would rebuild wrong packets from padded ones.
        if (!payloads.protects()) {
            lengths.pad(packet);
        }
    }

    /** How the packets of its frames arrive; {@code null} for sound. */
    FrameArrivals arrivals() {
        return arrivals;
    }

    // --- What arrives ---

    /** Whether it arrives; sound always does. */
    boolean arrives() {
        return presence == null || presence.isThere();
    }

    /** Highest spatial layer that arrives. */
    int topSpatial() {
        return presence == null ? 0 : presence.topSpatial();
    }

    /** A packet of a picture is ahead of all others. */
    void arrived(PacketLayers layers, int timestamp, int length, long now) {
        boolean newPicture = presence.isNewPicture(timestamp);
        meter.count(layers, length, newPicture, now);
        if (presence.arrived(layers, now) && encoding >= 0) {
            source.retarget(now);
        }
        if (newPicture && encoding >= 0) {
            source.picture(this, now);
        }
    }

    /** A picture of another encoding arrived. */
    void missedPicture() {
        presence.missedPicture();
    }

    /** Whether it, or a spatial layer of it, has stopped just now. */
    boolean hasStopped(long now) {
        return presence != null && presence.hasStopped(now);
    }

    /** A packet arrived, by itself or by retransmission. */
    void received(int sequence, int timestamp, int length, long now) {
        statistics.received(sequence, timestamp, now);
        bytes += length;
    }

    void repeated() {
        repeatedPackets++;
    }

    // --- Who takes its packets ---

    /** Who is sent this encoding now, or waits to be. The array is replaced, never changed. */
    ForwardedSource[] takers() {
        return takers;
    }

    void add(ForwardedSource taker) {
        int at = 0;
        while (at < takers.length && takers[at].receiverNumber() < taker.receiverNumber()) {
            at++;
        }
        ForwardedSource[] more = new ForwardedSource[takers.length + 1];
        System.arraycopy(takers, 0, more, 0, at);
        more[at] = taker;
        System.arraycopy(takers, at, more, at + 1, takers.length - at);
        takers = more;
    }

    void remove(ForwardedSource taker) {
        takers = Arrays.stream(takers).filter(one -> one != taker).toArray(ForwardedSource[]::new);
    }

    /** It is no longer sent. */
    void close() {
        for (ForwardedSource taker : takers) {
            taker.ended(this);
        }
        takers = NOBODY;
    }

    // --- Who is heard ---

    /** Whether the sound is not forwarded at the moment because others are louder. */
    boolean isHushed() {
        return hushed;
    }

    /** It is not forwarded, or again: to its receivers the numbers go on as if nothing had been left out. */
    void hush(boolean silent) {
        if (silent && !hushed) {
            for (ForwardedSource taker : takers) {
                taker.interrupt();
            }
        }
        hushed = silent;
    }

    // --- Key frames ---

    /** Somebody needs a key frame. The sender is asked by {@link #takeKeyFrameRequest}, now or a little later. */
    void wantKeyFrame() {
        if (ring != null) {
            keyFrameWanted = true;
        }
    }

    /** Whether to ask the sender now; then it counts as asked. One question per interval answers everybody. */
    boolean takeKeyFrameRequest(long now) {
        if (!keyFrameWanted || ssrc == 0 || (keyFrameAsked && now - keyFrameAskedAt < keyFrameInterval)) {
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
                source.description().videoType(),
                ssrc & 0xffff_ffffL,
                statistics.received(),
                bytes,
                Math.max(0, statistics.lost()),
                repeatedPackets,
                statistics.jitter() * 1000.0 / clockRate,
                Arrays.stream(takers).map(ForwardedSource::snapshot).toList());
    }
}
