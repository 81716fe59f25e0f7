package org.videowindow.bridge.conference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Which SSRC of one endpoint is which encoding, for sources that are announced by stream ids: learned from packets that
 * passed authentication and whose SSRC is not known (RFC 8852, RFC 8843 section 9.2). Nothing of it is looked at for a
 * packet whose SSRC is known. Held by {@link Inbound}. Owned by the worker.
 *
 * <p>A sender stops writing stream ids once its SSRC was reported on. What was learned is therefore kept for a while after
 * a source went: it may come back on the same SSRCs.
 */
final class LearnedStreams {
    /** What is remembered of sources that went: four cameras. */
    private static final int MOST_REMEMBERED = 12;

    /** An encoding moves to another SSRC this often at most; a browser does it when it starts sending anew. */
    private static final long MOVE_NANOS = 2_000_000_000L;

    private final PayloadMap payloads;
    private final ConferenceSession conference;
    private final List<Encoding> encodings = new ArrayList<>();
    private int live;

    /** One encoding, by what its packets say. */
    private static final class Encoding {
        final byte[] mid;
        final byte[] id;
        /** Its source, or {@code null} once that has gone. */
        ReceivedSource source;

        int index;
        int ssrc;
        int repeatSsrc;
        long movedAt;
        boolean moved;

        Encoding(String mid, String id) {
            this.mid = bytes(mid);
            this.id = bytes(id);
        }

        static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        boolean is(String otherMid, String otherId) {
            return Arrays.equals(mid, bytes(otherMid)) && Arrays.equals(id, bytes(otherId));
        }

        ReceivedStream stream() {
            return source.encodings()[index];
        }

        boolean mayMove(long now) {
            if (moved && now - movedAt < MOVE_NANOS) {
                return false;
            }
            moved = true;
            movedAt = now;
            return true;
        }
    }

    LearnedStreams(PayloadMap payloads, ConferenceSession conference) {
        this.payloads = payloads;
        this.conference = conference;
    }

    /** Whether there is nothing to learn: no source is announced by stream ids. */
    boolean isEmpty() {
        return live == 0;
    }

    /** The endpoint's sources have changed. Streams that are known from before get their SSRCs. */
    void sources(List<ReceivedSource> sources) {
        encodings.forEach(encoding -> encoding.source = null);
        live = 0;
        for (ReceivedSource source : sources) {
            StreamIds ids = source.description().ids();
            for (int i = 0; i < ids.encodings().size(); i++) {
                Encoding encoding = encoding(ids.mid(), ids.encodings().get(i));
                encoding.source = source;
                encoding.index = i;
                live++;
                restore(encoding);
            }
        }
        int gone = encodings.size() - live;
        for (int i = 0; i < encodings.size() && gone > MOST_REMEMBERED; i++) {
            if (encodings.get(i).source == null) {
                encodings.remove(i--);
                gone--;
            }
        }
    }

    private Encoding encoding(String mid, String id) {
        for (Encoding encoding : encodings) {
            if (encoding.source == null && encoding.is(mid, id)) {
                return encoding;
            }
        }
        Encoding added = new Encoding(mid, id);
        encodings.add(added);
        return added;
    }

    private void restore(Encoding encoding) {
        if (conference.isAnnounced(encoding.ssrc)) {
            encoding.ssrc = 0;
        }
        if (encoding.ssrc == 0 || conference.isAnnounced(encoding.repeatSsrc)) {
            encoding.repeatSsrc = 0;
        }
        if (encoding.stream().ssrc() != encoding.ssrc) {
            encoding.source.move(encoding.index, encoding.ssrc);
        }
        encoding.stream().repeatedBy(encoding.repeatSsrc);
    }

    /**
     * Learns from a packet in the clear whose SSRC is not known.
     *
     * @param repetition whether it is of a retransmission stream
     * @return the stream it belongs to from now on; {@code null} when it names none, or may not be on that SSRC
     */
    ReceivedStream learn(RtpPacket packet, boolean repetition, long now) {
        Encoding encoding = find(packet, repetition);
        if (encoding == null || (repetition && encoding.ssrc == 0)) {
            return null;
        }
        int ssrc = packet.ssrc();
        int before = repetition ? encoding.repeatSsrc : encoding.ssrc;
        if (ssrc == 0 || conference.isAnnounced(ssrc) || (before != 0 && !encoding.mayMove(now))) {
            conference.streamIdRefused();
            return null;
        }
        if (repetition) {
            encoding.repeatSsrc = ssrc;
        } else {
            encoding.ssrc = ssrc;
            // Retransmissions of the old stream must not be taken for those of the new one.
            encoding.repeatSsrc = 0;
            encoding.source.move(encoding.index, ssrc);
        }
        encoding.stream().repeatedBy(encoding.repeatSsrc);
        return encoding.stream();
    }

    private Encoding find(RtpPacket packet, boolean repetition) {
        int element = repetition ? payloads.repairedStreamId(MediaKind.VIDEO) : payloads.streamId(MediaKind.VIDEO);
        if (element == PayloadMap.NONE || !packet.findExtension(element)) {
            return null;
        }
        int idAt = packet.elementOffset();
        int idLength = packet.elementLength();
        int mid = payloads.mid(MediaKind.VIDEO);
        boolean hasMid = mid != PayloadMap.NONE && packet.findExtension(mid);
        Encoding found = null;
        for (Encoding encoding : encodings) {
            if (encoding.source == null || !equals(encoding.id, packet, idAt, idLength)) {
                continue;
            }
            if (encoding.mid.length != 0 && hasMid) {
                if (equals(encoding.mid, packet, packet.elementOffset(), packet.elementLength())) {
                    return encoding;
                }
            } else if (found == null) {
                found = encoding;
            } else {
                // Several sources have the id, and the packet does not say of which it is.
                return null;
            }
        }
        return found;
    }

    private static boolean equals(byte[] text, RtpPacket packet, int at, int length) {
        return Arrays.equals(text, 0, text.length, packet.buffer(), at, at + length);
    }

    /**
     * An SSRC was announced, and is nobody else's from now on.
     *
     * @return whether a stream was on it
     */
    boolean announced(int ssrc) {
        boolean lost = false;
        for (Encoding encoding : encodings) {
            if (encoding.source != null && (encoding.ssrc == ssrc || encoding.repeatSsrc == ssrc)) {
                restore(encoding);
                lost = true;
            }
        }
        return lost;
    }
}
