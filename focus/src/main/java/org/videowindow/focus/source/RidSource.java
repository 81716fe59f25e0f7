package org.videowindow.focus.source;

import java.util.List;

/**
 * A picture whose sender tells its encodings apart by stream ids in the packets (RFC 8852, RFC 8853) and does not say
 * their SSRCs. Receivers need an SSRC: {@link ConferenceSources} gives it one, and one for retransmissions.
 *
 * @param name the name of the source, as {@code <endpoint>-v0}
 * @param msid stream and track (RFC 8830)
 * @param desktop whether it is a shared screen
 * @param mid media identification in the packets (RFC 8843 section 9.2), or empty where the sender tells none
 * @param rids the stream ids, from the smallest encoding to the largest
 */
public record RidSource(String name, String msid, boolean desktop, String mid, List<String> rids) {
    /** Copies the list. */
    public RidSource {
        rids = List.copyOf(rids);
    }
}
