package org.videowindow.focus.media;

import java.util.Set;

/**
 * What a client can do that not every client can, as far as it matters to its media.
 *
 * @param red whether it takes Opus with redundancy (RFC 2198)
 * @param mapsSources whether it can be told over the bridge channel which source is on which SSRC, so that the bridge may
 *     use a few SSRCs for many sources
 */
public record ClientFeatures(boolean red, boolean mapsSources) {
    /** Of a client that says nothing of itself. */
    public static final ClientFeatures NONE = new ClientFeatures(false, false);

    private static final String RED = "http://jitsi.org/opus-red";
    private static final String SOURCE_MAPPING = "http://jitsi.org/ssrc-rewriting-1";

    /** Reads them from the features of service discovery (XEP-0030). */
    public static ClientFeatures of(Set<String> discovered) {
        return new ClientFeatures(discovered.contains(RED), discovered.contains(SOURCE_MAPPING));
    }
}
