package org.videowindow.bridge.conference;

/**
 * Which SSRC a source is on, for a receiver that maps sources.
 *
 * @param name of the source
 * @param owner endpoint that sends it
 * @param ssrc unsigned 32 bit
 * @param repeatSsrc of its retransmission, -1 for none
 * @param videoType what it shows; {@link VideoType#NONE} for sound
 */
public record MappedSource(String name, String owner, long ssrc, long repeatSsrc, VideoType videoType) {}
