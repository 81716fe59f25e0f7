package org.videowindow.bridge.conference;

import org.videowindow.bridge.codec.DependencyDescriptor;

/**
 * An RTP header extension that an endpoint was offered (RFC 8285).
 *
 * @param kind the media it is for
 * @param id local identifier, 1 to 255
 * @param uri what it carries
 */
public record HeaderExtension(MediaKind kind, int id, String uri) {
    public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    public static final String STREAM_ID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    public static final String REPAIRED_STREAM_ID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    public static final String TRANSPORT_SEQUENCE =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    public static final String DEPENDENCY_DESCRIPTOR = DependencyDescriptor.URI;
    public static final String ABSOLUTE_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
}
