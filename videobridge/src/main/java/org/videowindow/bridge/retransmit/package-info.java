/**
 * Loss repair per hop: packets of a source kept for a moment ({@link org.videowindow.bridge.retransmit.PacketRing}),
 * what to ask the sender for ({@link org.videowindow.bridge.retransmit.NackGenerator}), what to send a receiver again
 * ({@link org.videowindow.bridge.retransmit.RetransmissionPolicy}). Time is passed in, in nanoseconds of any monotonic
 * clock. Everything belongs to the worker thread of the conference and is bounded.
 */
package org.videowindow.bridge.retransmit;
