package org.videowindow.bridge.codec;

import java.util.Locale;

/** Video codecs whose layers the bridge understands. */
public enum VideoCodec {
    /** RFC 7741. */
    VP8,
    /** RFC 9628. */
    VP9,
    /** The RTP payload format of the Alliance for Open Media; its layers are told by the dependency descriptor. */
    AV1,
    /** RFC 6184. */
    H264,
    /** Everything else: forwarded as one layer. */
    OTHER;

    /** The codec of an encoding name of SDP, in any case; {@link #OTHER} for names that are not known. */
    public static VideoCodec named(String encodingName) {
        return switch (encodingName.toUpperCase(Locale.ROOT)) {
            case "VP8" -> VP8;
            case "VP9" -> VP9;
            case "AV1" -> AV1;
            case "H264" -> H264;
            default -> OTHER;
        };
    }
}
