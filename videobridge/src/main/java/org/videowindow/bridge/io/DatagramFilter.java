package org.videowindow.bridge.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which of the sockets on one port gets a datagram, as a program that the kernel runs (classic BPF, as {@code bpf_asm}
 * writes it): each instruction a code, two jumps and a number, offsets counted from the datagram's first byte. A load
 * behind the datagram's end ends the program with 0, the first socket.
 */
final class DatagramFilter {
    /** Index of the socket that gets STUN and DTLS. */
    static final int HANDSHAKES = 1;

    /** Index of the socket that gets feedback. */
    static final int FEEDBACK = 2;

    /**
     * STUN and DTLS by their first byte, 0 to 3 and 20 to 63 (RFC 7983 section 7), and transport-wide feedback in a packet
     * of its own: RTCP of type 205 and format 15 (its header is readable in SRTCP too), with or without padding. What is
     * asked for at once, NACK and key frame requests, goes with everything else.
     */
    static final DatagramFilter BY_KIND = new DatagramFilter(
            load(0),
            unlessAtLeast(64, 7),
            load(1),
            unlessEqual(205, 4),
            load(0),
            and(0xDF),
            unlessEqual(0x8F, 1),
            answer(FEEDBACK),
            answer(0),
            // Less than 64:
            unlessAtLeast(20, 1),
            answer(HANDSHAKES),
            unlessAtLeast(4, 1),
            answer(0),
            answer(HANDSHAKES));

    private static final int INSTRUCTION_BYTES = 8;

    /** {@code struct sock_fprog}: number of instructions, pointer to them. */
    private static final int PROGRAM_BYTES = 16;

    private static final int POINTER = 8;

    private final long[] instructions;

    private DatagramFilter(long... instructions) {
        this.instructions = instructions;
    }

    /** The program as the kernel takes it. */
    MemorySegment write(Arena arena) {
        MemorySegment code = arena.allocate((long) instructions.length * INSTRUCTION_BYTES, 8);
        for (int i = 0; i < instructions.length; i++) {
            code.setAtIndex(ValueLayout.JAVA_LONG, i, instructions[i]);
        }
        MemorySegment program = arena.allocate(PROGRAM_BYTES, 8);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) instructions.length);
        program.set(ValueLayout.JAVA_LONG, POINTER, code.address());
        return program;
    }

    /** {@code BPF_LD | BPF_B | BPF_ABS}: one byte. */
    private static long load(int offset) {
        return instruction(0x30, 0, offset);
    }

    /** {@code BPF_ALU | BPF_AND | BPF_K}. */
    private static long and(int mask) {
        return instruction(0x54, 0, mask);
    }

    /** {@code BPF_JMP | BPF_JEQ | BPF_K}: passes over so many instructions when the value is another. */
    private static long unlessEqual(int value, int over) {
        return instruction(0x15, over, value);
    }

    /** {@code BPF_JMP | BPF_JGE | BPF_K}: passes over so many instructions when the value is less. */
    private static long unlessAtLeast(int value, int over) {
        return instruction(0x35, over, value);
    }

    /** {@code BPF_RET | BPF_K}: index of the socket. */
    private static long answer(int socket) {
        return instruction(0x06, 0, socket);
    }

    /** {@code struct sock_filter} of a little-endian machine: 16 bits of code, 8 and 8 of jumps, 32 of number. */
    private static long instruction(int code, int jumpUnless, int number) {
        return code | (long) jumpUnless << 24 | (long) number << 32;
    }
}
