package org.videowindow.bridge.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory that all native ciphers of one worker use in turn; nothing in it outlives a call. */
final class NativeScratch {
    /** Longest packet: a datagram's slot, and what sealing adds. */
    static final int PACKET_BYTES = 2048 + 128;

    static final int IV = 0;
    static final int WORK = 64;
    static final int CLEAR = WORK + GcmLibrary.WORK_BYTES;
    static final int PACKET = CLEAR + PACKET_BYTES + 64;

    final MemorySegment memory = Arena.ofAuto().allocate(PACKET + PACKET_BYTES, 64);
    final long iv = memory.address() + IV;
    final long work = memory.address() + WORK;
    final long clear = memory.address() + CLEAR;
    final long packet = memory.address() + PACKET;
}
