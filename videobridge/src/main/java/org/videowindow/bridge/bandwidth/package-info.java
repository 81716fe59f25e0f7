/**
 * How much one receiver can take: an estimate in the manner of Google congestion control
 * (draft-ietf-rmcat-gcc-02, on transport-wide feedback), probes that look for more, and a queue that spreads what a
 * constrained receiver is sent. Everything takes times and values and answers decisions; nothing is allocated per packet.
 * Algorithm, constants and where they differ from the draft: {@code docs/bandwidth.md}. Owned by the worker of the
 * receiver's conference.
 */
package org.videowindow.bridge.bandwidth;
