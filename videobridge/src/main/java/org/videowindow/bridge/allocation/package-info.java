/**
 * Who is sent which layer of which source: a choice over values, see {@code docs/allocation.md}. Nothing in here knows
 * of packets, sockets or clocks.
 */
package org.videowindow.bridge.allocation;
