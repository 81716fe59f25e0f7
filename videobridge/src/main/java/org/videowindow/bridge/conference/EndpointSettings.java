package org.videowindow.bridge.conference;

import java.util.List;

/**
 * What an endpoint was offered: payload types and header extensions, as the focus describes them.
 *
 * @param payloadTypes of audio and video
 * @param extensions of audio and video
 * @param mapsSources whether it is told over its channel which source is on which SSRC, instead of by signalling
 */
public record EndpointSettings(List<PayloadType> payloadTypes, List<HeaderExtension> extensions, boolean mapsSources) {
    public EndpointSettings {
        payloadTypes = List.copyOf(payloadTypes);
        extensions = List.copyOf(extensions);
    }

    /** Of an endpoint that is told of others by signalling. */
    public EndpointSettings(List<PayloadType> payloadTypes, List<HeaderExtension> extensions) {
        this(payloadTypes, extensions, false);
    }
}
