package org.videowindow.bridge.conference;

/**
 * How much is forwarded at most.
 *
 * @param loudest participants of one conference whose sound is forwarded at a time
 * @param mappedVideo SSRCs for video to a receiver that maps sources, each with one for retransmission
 * @param mappedAudio SSRCs for sound to such a receiver
 */
public record ForwardingSettings(int loudest, int mappedVideo, int mappedAudio) {
    public static final ForwardingSettings DEFAULTS = new ForwardingSettings(10, 50, 50);
}
