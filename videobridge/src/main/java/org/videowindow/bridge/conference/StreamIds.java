package org.videowindow.bridge.conference;

import java.util.List;

/**
 * How the encodings of a source are told apart where the sender does not announce their SSRCs: by the stream id in their
 * packets (RFC 8852, RFC 8853). Which SSRC is which encoding is then learned from what arrives.
 *
 * @param encodings stream ids from the smallest encoding to the largest; empty for a source that is announced by SSRCs
 * @param mid media identification that the packets carry too (RFC 8843 section 9.2); empty when the sender told none
 */
public record StreamIds(List<String> encodings, String mid) {
    /** The source is announced by SSRCs. */
    public static final StreamIds NONE = new StreamIds(List.of(), "");

    public StreamIds {
        encodings = List.copyOf(encodings);
    }

    /** Whether the source is announced by SSRCs. */
    public boolean isEmpty() {
        return encodings.isEmpty();
    }
}
