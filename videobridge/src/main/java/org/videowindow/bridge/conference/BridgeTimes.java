package org.videowindow.bridge.conference;

import java.time.Duration;

/**
 * Times of the bridge.
 *
 * @param endpointSilence an endpoint that sends no valid check or packet this long is expired
 * @param emptyConference a conference without endpoints is expired after this
 * @param handshake a DTLS handshake that takes longer is given up
 * @param keyFrameRequests at most one key frame request per source in this time; lower answers newcomers sooner, higher
 *     spares senders
 * @param transportFeedback how often senders get transport-wide feedback; lower lets them ramp up sooner, higher saves
 *     packets; 50 ms is the least
 * @param receiverReports how often senders get receiver reports
 */
public record BridgeTimes(
        Duration endpointSilence,
        Duration emptyConference,
        Duration handshake,
        Duration keyFrameRequests,
        Duration transportFeedback,
        Duration receiverReports) {
    public static final BridgeTimes DEFAULTS = new BridgeTimes(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
}
