/** How the bridge is: load, health, statistics for the focus, metrics for Prometheus. */
package org.videowindow.bridge.stats;
