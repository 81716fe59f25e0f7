package org.videowindow.bridge.conference;

/** What a video source shows. Audio sources are {@link #NONE}. */
public enum VideoType {
    NONE,
    CAMERA,
    DESKTOP
}
