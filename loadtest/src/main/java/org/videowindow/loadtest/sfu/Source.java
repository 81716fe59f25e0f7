package org.videowindow.loadtest.sfu;

import java.util.List;

/**
 * What a participant is going to send.
 *
 * @param audioSsrc 0 for none
 * @param video its encodings from low to high, empty for none
 */
public record Source(int audioSsrc, List<Encoding> video) {
    /** A participant that only receives. */
    public static final Source NONE = new Source(0, List.of());

    /**
     * One encoding.
     *
     * @param ssrc of the packets
     * @param repeatSsrc of their retransmissions
     */
    public record Encoding(int ssrc, int repeatSsrc) {}
}
