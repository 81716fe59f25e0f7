package org.videowindow.bridge.conference;

/** Whether a source carries sound or pictures. */
public enum MediaKind {
    AUDIO,
    VIDEO
}
