package org.videowindow.launcher;

/** One of the four programs that make a Video Window. */
enum Part {
    SHARD_SERVER,
    FOCUS,
    VIDEOBRIDGE,
    PORTAL
}
