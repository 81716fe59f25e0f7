package org.videowindow.bridge.conference;

/**
 * Whether one media thread has so much to do that receivers are sent less video than they would get.
 *
 * @param share of it that they are sent: 1 for all, 0 for sound alone
 * @param since when it became less than 1, in nanoseconds of the bridge's clock; means nothing while it is 1
 */
public record LaneLoad(double share, long since) {
    /** All is sent. */
    static final LaneLoad NONE = new LaneLoad(1, 0);

    /** Whether less is sent. */
    public boolean isLimited() {
        return share < 1;
    }

    /** Seconds since then; 0 while all is sent. */
    public double seconds(long now) {
        return isLimited() ? (now - since) / 1e9 : 0;
    }
}
