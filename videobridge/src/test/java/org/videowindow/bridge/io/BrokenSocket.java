package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Breaks sockets of a running bridge, as a descriptor breaks that somebody else in the process closed and used anew. */
public final class BrokenSocket {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MethodHandle DUP2 = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("dup2"), FunctionDescriptor.of(INT, INT, INT));

    private BrokenSocket() {}

    /** From now on the descriptor is no socket, and always readable. Any thread. */
    public static void breakDown(UdpSocket socket) throws Throwable {
        int number = ((LinuxUdpSocket) socket).number();
        try (Arena arena = Arena.ofConfined()) {
            int other =
                    (int) LinuxCalls.EVENTFD.invokeExact(LinuxCalls.allocateState(arena), 1, LinuxCalls.EFD_NONBLOCK);
            assertThat((int) DUP2.invokeExact(other, number)).isEqualTo(number);
            assertThat((int) LinuxCalls.CLOSE.invokeExact(other)).isZero();
        }
    }
}
