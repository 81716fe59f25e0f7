package org.videowindow.bridge.conference;

import java.util.List;

/**
 * One signalled source of an endpoint, e.g. its camera.
 *
 * @param name unique in the conference, e.g. {@code 543c9563-v0}
 * @param kind sound or pictures
 * @param videoType what it shows; {@link VideoType#NONE} for sound
 * @param ssrcs every SSRC of the source, unsigned 32 bit, the primary one first
 * @param groups FID and SIM groups over these SSRCs
 */
public record MediaSource(String name, MediaKind kind, VideoType videoType, List<Long> ssrcs, List<SsrcGroup> groups) {
    public MediaSource {
        ssrcs = List.copyOf(ssrcs);
        groups = List.copyOf(groups);
    }
}
