/**
 * RTCP packets (RFC 3550 section 6, RFC 4585, RFC 5104, REMB, transport-wide feedback), a file per packet.
 * {@link org.videowindow.bridge.rtcp.RtcpCompound} walks over a compound packet that it has checked as a whole; the other
 * classes read the packet it stands on, or write one.
 *
 * <p>Writers take an array and an offset, write one packet and return its length in bytes, always a multiple of four; the
 * caller sees to the room (each says how much it needs) and puts several after another to form a compound packet.
 */
package org.videowindow.bridge.rtcp;
