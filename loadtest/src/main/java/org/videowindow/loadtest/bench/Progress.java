package org.videowindow.loadtest.bench;

/** Told how far something is. */
@FunctionalInterface
public interface Progress {
    /** For tests and scripts. */
    Progress SILENT = text -> {};

    /** What happens now, in a few words. */
    void step(String text);
}
