package org.videowindow.bridge.conference;

/** What a video source shows. */
public enum VideoType {
    /** Nothing for now: it is muted. Audio sources are this too. */
    NONE,
    /** A camera: motion counts more than sharpness. */
    CAMERA,
    /** A shared screen: sharpness counts more than motion. */
    DESKTOP,
    /** A shared screen with moving pictures, to be treated as a camera. */
    DESKTOP_HIGH_FPS
}
