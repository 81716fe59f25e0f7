package org.videowindow.loadtest.endpoint;

import org.videowindow.loadtest.media.Codec;

/**
 * Numbers of a session. An extension with id 0 is not negotiated.
 *
 * @param codec of the video
 * @param audioType payload type of Opus
 * @param videoType payload type of the video
 * @param repeatType payload type of its retransmissions, 0 without
 * @param audioLevel extension of RFC 6464
 * @param sendTime extension abs-send-time
 * @param transportSequence extension transport-wide-cc
 * @param descriptor extension of AV1's dependency descriptor
 */
public record MediaFormat(
        Codec codec,
        int audioType,
        int videoType,
        int repeatType,
        int audioLevel,
        int sendTime,
        int transportSequence,
        int descriptor) {
    /** The numbers that we offer, and that bridges of COLIBRI2 are told. */
    public static MediaFormat offered(Codec codec) {
        return new MediaFormat(codec, Codec.OPUS, codec.payloadType(), codec.repeatType(), 1, 3, 5, 11);
    }
}
