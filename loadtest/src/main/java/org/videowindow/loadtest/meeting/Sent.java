package org.videowindow.loadtest.meeting;

import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Source;

/**
 * What a participant says of itself and of what it sends.
 *
 * @param name shown to the others
 * @param codec of its pictures and of those it can take
 * @param source SSRCs; of none nothing is announced
 * @param descriptors whether its pictures carry dependency descriptors
 */
record Sent(String name, Codec codec, Source source, boolean descriptors) {
    boolean sound() {
        return source.audioSsrc() != 0;
    }

    boolean pictures() {
        return !source.video().isEmpty();
    }

    /** The JSON of its presence about its sources. */
    String info(String endpointId) {
        String audio = sound() ? "\"" + endpointId + "-a0\":{\"muted\":false}" : "";
        String video = pictures() ? "\"" + endpointId + "-v0\":{\"muted\":false,\"videoType\":\"camera\"}" : "";
        return "{" + audio + (sound() && pictures() ? "," : "") + video + "}";
    }
}
