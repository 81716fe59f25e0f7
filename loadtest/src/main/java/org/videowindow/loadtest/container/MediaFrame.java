package org.videowindow.loadtest.container;

import java.time.Duration;

/**
 * One encoded picture or packet of sound.
 *
 * @param track number of its track
 * @param at when it is to be shown or heard, from the beginning of the file
 * @param data its bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record MediaFrame(int track, Duration at, byte[] data) {}
