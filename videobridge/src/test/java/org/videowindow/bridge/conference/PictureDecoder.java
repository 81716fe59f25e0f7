package org.videowindow.bridge.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;

/**
 * What a browser can show of the packets of one picture: frames that are whole and that follow one it has shown, or key
 * frames. Without a frame for three seconds it asks for a key frame, before the first one sooner, as Chromium does.
 */
final class PictureDecoder {
    private static final long PATIENCE = 3_000 * CallLab.MILLI;
    private static final long FIRST_PATIENCE = 200 * CallLab.MILLI;
    private static final long NONE = Long.MIN_VALUE;

    private final Map<Long, Piece> pieces = new HashMap<>();
    private final TreeSet<Long> keyFrames = new TreeSet<>();
    private final List<Long> shown = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private long next = NONE;
    private long waitingSince = NONE;
    private int size = -1;
    private int keyFramesAskedFor;

    /**
     * A packet of the picture.
     *
     * @param size of the picture, of the first packet of a key frame; else 0
     */
    record Piece(boolean start, boolean key, boolean end, boolean empty, int size) {
        /** Of a packet as {@link MeetingClient} sends it, or of a repetition. */
        static Piece of(RtpPacket packet, boolean again) {
            int skipped = again ? Rtx.OVERHEAD : 0;
            int length = packet.payloadLength() - skipped;
            if (length <= 0) {
                return new Piece(false, false, packet.marker(), true, 0);
            }
            byte[] bytes = packet.buffer();
            int at = packet.payloadOffset() + skipped;
            boolean start = (bytes[at] & 0x10) != 0;
            boolean key = start && (bytes[at + 1] & 1) == 0;
            return new Piece(start, key, packet.marker(), false, length > 20 ? bytes[at + 20] : 0);
        }
    }

    /** A packet came, by itself or repeated. */
    void received(long sequence, Piece piece, long now) {
        if (waitingSince == NONE) {
            waitingSince = now;
        }
        if (sequence < next || pieces.putIfAbsent(sequence, piece) != null) {
            return;
        }
        if (piece.start() && piece.key()) {
            keyFrames.add(sequence);
        }
        boolean more = true;
        while (more) {
            more = show(next, now);
            for (Long key : more ? List.<Long>of() : List.copyOf(keyFrames)) {
                more = more || show(key, now);
            }
        }
    }

    /** Shows the frame that begins there, if all of it has come. */
    private boolean show(long begin, long now) {
        if (begin == NONE) {
            return false;
        }
        long at = begin;
        while (pieces.containsKey(at) && pieces.get(at).empty()) {
            at++;
        }
        Piece first = pieces.get(at);
        if (first == null || !first.start()) {
            return false;
        }
        while (pieces.containsKey(at) && !pieces.get(at).end()) {
            at++;
        }
        if (!pieces.containsKey(at)) {
            return false;
        }
        next = at + 1;
        size = first.key() ? first.size() : size;
        shown.add(now);
        sizes.add(size);
        waitingSince = now;
        pieces.keySet().removeIf(sequence -> sequence < next);
        keyFrames.removeIf(sequence -> sequence < next);
        return true;
    }

    /** Whether it is time to ask for a key frame; then it counts as asked. */
    boolean asksForKeyFrame(long now) {
        if (waitingSince == NONE || now - waitingSince < (next == NONE ? FIRST_PATIENCE : PATIENCE)) {
            return false;
        }
        waitingSince = now;
        keyFramesAskedFor++;
        return true;
    }

    int keyFramesAskedFor() {
        return keyFramesAskedFor;
    }

    /** Size of the picture it shows, -1 before the first. */
    int size() {
        return size;
    }

    /** When frames were shown. */
    List<Long> shown() {
        return shown;
    }

    /** When a smaller picture than that was shown first since then, or -1. */
    long shownBelow(int limit, long since) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i) >= since && sizes.get(i) < limit) {
                return shown.get(i);
            }
        }
        return -1;
    }
}
