package org.videowindow.bridge.config;

import java.net.InetSocketAddress;
import org.videowindow.bridge.capture.CaptureSettings;
import org.videowindow.bridge.conference.BridgeSettings;

/**
 * The whole configuration of a bridge, checked.
 *
 * @param id name of the bridge
 * @param region its region, or empty
 * @param xmpp shards
 * @param media workers, sockets, limits and times
 * @param channel bridge channels
 * @param http where the private HTTP server listens
 * @param capture whether packets may be captured
 * @param load what counts as full
 */
public record VideobridgeSettings(
        String id,
        String region,
        XmppSettings xmpp,
        BridgeSettings media,
        ChannelSettings channel,
        InetSocketAddress http,
        CaptureSettings capture,
        LoadSettings load) {}
