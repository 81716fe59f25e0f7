/**
 * What the bridge tells the sender of a stream: transport-wide arrival times, from which it estimates its bandwidth, and
 * reception statistics for receiver reports. Time is passed in, in nanoseconds of any monotonic clock. Owned by the
 * worker thread of the conference.
 */
package org.videowindow.bridge.feedback;
