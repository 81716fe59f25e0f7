package org.videowindow.bridge.conference;

import java.util.List;

/**
 * One signalled source of an endpoint, e.g. its camera.
 *
 * @param name unique in the conference, e.g. {@code 543c9563-v0}
 * @param kind sound or pictures
 * @param videoType what it shows; {@link VideoType#NONE} for sound
 * @param ssrcs every SSRC of the source, unsigned 32 bit, the primary one first; with stream ids only those that receivers
 *     know it by, which the sender does not use
 * @param groups FID and SIM groups over these SSRCs
 * @param ids by which the sender's encodings are told apart, where that is not by SSRC
 */
public record MediaSource(
        String name, MediaKind kind, VideoType videoType, List<Long> ssrcs, List<SsrcGroup> groups, StreamIds ids) {
    public MediaSource {
        ssrcs = List.copyOf(ssrcs);
        groups = List.copyOf(groups);
    }

    /** A source whose SSRCs are announced. */
    public MediaSource(String name, MediaKind kind, VideoType videoType, List<Long> ssrcs, List<SsrcGroup> groups) {
        this(name, kind, videoType, ssrcs, groups, StreamIds.NONE);
    }
}
