package org.videowindow.focus.colibri;

import org.videowindow.focus.jingle.BridgeTransport;
import org.videowindow.focus.source.EndpointSources;

/**
 * What a bridge gave for one endpoint.
 *
 * @param transport where it awaits the endpoint
 * @param bridgeSources the streams under which the bridge itself sends feedback
 */
public record Allocation(BridgeTransport transport, EndpointSources bridgeSources) {}
