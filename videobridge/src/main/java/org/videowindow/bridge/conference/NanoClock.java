package org.videowindow.bridge.conference;

/** Monotonic time in nanoseconds since an arbitrary origin; {@code System::nanoTime} outside of tests. */
@FunctionalInterface
public interface NanoClock {
    long nanoTime();
}
