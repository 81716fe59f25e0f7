package org.videowindow.bridge.allocation;

import java.util.List;
import org.videowindow.bridge.conference.VideoType;

/**
 * What one source offers its receivers now.
 *
 * @param name of the source, unique in the conference
 * @param owner id of the endpoint that sends it
 * @param type what it shows
 * @param layers what arrives, by rising cost; empty while nothing arrives
 */
public record SourceOffer(String name, String owner, VideoType type, List<OfferedLayer> layers) {
    public SourceOffer {
        layers = List.copyOf(layers);
    }
}
