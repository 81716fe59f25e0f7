package org.videowindow.bridge.colibri;

import java.util.List;
import org.videowindow.bridge.conference.EndpointSettings;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.RemoteTransport;

/**
 * What a request asks for one endpoint, read completely before anything is changed.
 *
 * @param id the endpoint
 * @param create whether it is to be created
 * @param expire whether it is to be removed
 * @param iceRestart whether its ICE is to be restarted
 * @param settings what it was offered; empty when the request says nothing of it
 * @param transport its own transport, or {@code null} when not told
 * @param sources all of its sources, or {@code null} when not told
 */
record EndpointRequest(
        String id,
        boolean create,
        boolean expire,
        boolean iceRestart,
        EndpointSettings settings,
        RemoteTransport transport,
        List<MediaSource> sources) {}
