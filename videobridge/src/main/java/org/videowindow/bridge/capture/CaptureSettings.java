package org.videowindow.bridge.capture;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Whether and how packets may be captured.
 *
 * @param folder where the files go; {@code null} when nothing may be captured
 * @param payload whether sound and pictures may be written too, otherwise headers only
 * @param maxFile a capture ends before its file has more bytes
 * @param longest a capture ends after this time
 */
public record CaptureSettings(Path folder, boolean payload, long maxFile, Duration longest) {
    /** Nothing may be captured. */
    public static final CaptureSettings OFF = new CaptureSettings(null, false, 0, Duration.ZERO);
}
