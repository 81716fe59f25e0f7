package org.videowindow.bridge.stats;

/**
 * What was moved per second between the last two measurements.
 *
 * @param packetsIn packets received per second
 * @param packetsOut packets sent per second
 * @param bitsIn bits received per second
 * @param bitsOut bits sent per second
 */
record Rates(double packetsIn, double packetsOut, double bitsIn, double bitsOut) {
    static final Rates NONE = new Rates(0, 0, 0, 0);
}
