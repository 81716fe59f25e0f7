package org.videowindow.bridge.conference;

import java.util.List;

/**
 * SSRCs that belong together (RFC 5576 section 4.2).
 *
 * @param semantics what ties them
 * @param ssrcs for FID the source and its retransmission, for SIM the encodings from low to high
 */
public record SsrcGroup(Semantics semantics, List<Long> ssrcs) {
    /** Kinds of groups the bridge understands. */
    public enum Semantics {
        /** Flow identification: a source and its RTX stream (RFC 4588). */
        FID,
        /** Encodings of one picture in several sizes. */
        SIM
    }

    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
