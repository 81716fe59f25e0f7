package org.videowindow.bridge.conference;

/**
 * Upper bounds that keep one bridge, or one endpoint, from taking everything.
 *
 * @param conferences conferences at a time
 * @param endpoints endpoints at a time on the whole bridge
 * @param endpointsPerConference endpoints at a time in one conference
 * @param ssrcsPerEndpoint SSRCs one endpoint may signal over all of its sources
 * @param packetsPerSecond packets one endpoint may send; more are dropped
 * @param bytesPerSecond bytes one endpoint may send; more are dropped
 * @param handshakes DTLS handshakes at a time
 */
public record BridgeLimits(
        int conferences,
        int endpoints,
        int endpointsPerConference,
        int ssrcsPerEndpoint,
        int packetsPerSecond,
        long bytesPerSecond,
        int handshakes) {
    /** Generous for honest clients: 20 SSRCs as Jicofo allows, 3,000 packets and 4 MB per second and endpoint. */
    public static final BridgeLimits DEFAULTS = new BridgeLimits(500, 5_000, 500, 20, 3_000, 4_000_000L, 200);
}
