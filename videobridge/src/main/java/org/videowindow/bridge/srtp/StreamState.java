package org.videowindow.bridge.srtp;

import org.videowindow.bridge.rtp.SequenceNumbers;

/**
 * Indices of one SSRC: the newest, and a window of which of the last {@link #WINDOW} were seen or used (RFC 3711 sections
 * 3.3.1 and 3.3.2).
 */
final class StreamState {
    /** Indices remembered: two seconds of a 2.5 Mbit/s video, so that late retransmissions still pass. */
    static final int WINDOW = 1024;

    private static final int WORDS = WINDOW / 64;

    final int ssrc;
    long lastUse;
    private long newest = -1;
    private final long[] seen = new long[WORDS];

    StreamState(int ssrc) {
        this.ssrc = ssrc;
    }

    /** The index nearest to the newest for a sequence number (RFC 3711 appendix A); negative when it lies before 0. */
    long index(int sequence) {
        if (newest < 0) {
            return sequence;
        }
        return newest + SequenceNumbers.distance((int) newest & 0xFFFF, sequence);
    }

    /** 0 when the index may be accepted, else why not. */
    int check(long index) {
        if (index > newest) {
            return 0;
        }
        if (index < 0 || newest - index >= WINDOW) {
            return SrtpStatus.TOO_OLD;
        }
        return (seen[(int) (index >>> 6) & (WORDS - 1)] & (1L << index)) != 0 ? SrtpStatus.REPEATED : 0;
    }

    /** Marks a checked index as seen. */
    void accept(long index) {
        if (index > newest) {
            long from = newest + 1;
            if (index - from >= WINDOW) {
                java.util.Arrays.fill(seen, 0);
            } else {
                for (long skipped = from; skipped < index; skipped++) {
                    seen[(int) (skipped >>> 6) & (WORDS - 1)] &= ~(1L << skipped);
                }
            }
            newest = index;
        }
        seen[(int) (index >>> 6) & (WORDS - 1)] |= 1L << index;
    }
}
