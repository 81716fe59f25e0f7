package org.videowindow.bridge.conference;

import java.util.List;

/**
 * What an endpoint was offered: payload types and header extensions, as the focus describes them.
 *
 * @param payloadTypes of audio and video
 * @param extensions of audio and video
 */
public record EndpointSettings(List<PayloadType> payloadTypes, List<HeaderExtension> extensions) {
    public EndpointSettings {
        payloadTypes = List.copyOf(payloadTypes);
        extensions = List.copyOf(extensions);
    }
}
