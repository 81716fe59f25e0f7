package org.videowindow.bridge.config;

/**
 * What counts as a full bridge.
 *
 * @param cpuLimit share of all cores, 0 to 1
 * @param packetsPerWorker packets per second in and out
 */
public record LoadSettings(double cpuLimit, int packetsPerWorker) {}
