package org.videowindow.focus.source;

/**
 * One RTP stream that somebody sends (RFC 5576), as signalled.
 *
 * @param ssrc 32 bits, as an unsigned number
 * @param kind audio or video
 * @param name the name of the source it belongs to, as {@code <endpoint>-v0}; the streams of one source share it
 * @param msid stream and track (RFC 8830)
 * @param desktop whether it is a shared screen
 */
public record Source(long ssrc, MediaKind kind, String name, String msid, boolean desktop) {}
