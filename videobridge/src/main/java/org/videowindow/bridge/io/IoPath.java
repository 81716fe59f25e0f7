package org.videowindow.bridge.io;

import java.util.Locale;

/** Which system calls move packets. */
public enum IoPath {
    /** {@link #LINUX} where it works, else {@link #CHANNEL}. */
    AUTO,
    /** {@code recvmmsg}, {@code sendmmsg} and segmentation offload through the foreign-function API. */
    LINUX,
    /** {@code java.nio.channels.DatagramChannel}, one call per datagram. */
    CHANNEL;

    /** The name in configuration and metrics. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
