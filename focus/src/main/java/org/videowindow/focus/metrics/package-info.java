/** Counters and gauges. */
package org.videowindow.focus.metrics;
