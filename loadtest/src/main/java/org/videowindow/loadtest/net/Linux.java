package org.videowindow.loadtest.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The C library's socket calls with the numbers of 64-bit Linux. Pointers are passed as {@code long}. */
final class Linux {
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_IP = 0;
    static final int IP_PKTINFO = 8;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_TIMESTAMPNS = 35;
    static final int MSG_DONTWAIT = 0x40;

    /** {@code struct mmsghdr}: a {@code msghdr} of 56 bytes, then the length. */
    static final int MESSAGE_BYTES = 64;

    static final int NAME = 0;
    static final int NAME_LENGTH = 8;
    static final int VECTOR = 16;
    static final int VECTOR_COUNT = 24;
    static final int CONTROL = 32;
    static final int CONTROL_LENGTH = 40;
    static final int RECEIVED = 56;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final Linker LINKER = Linker.nativeLinker();

    static final MethodHandle SOCKET = call("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    static final MethodHandle BIND = call("bind", FunctionDescriptor.of(INT, INT, LONG, INT));
    static final MethodHandle GETSOCKNAME = call("getsockname", FunctionDescriptor.of(INT, INT, LONG, LONG));
    static final MethodHandle SETSOCKOPT = call("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, LONG, INT));
    static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    static final MethodHandle RECVMMSG = call("recvmmsg", FunctionDescriptor.of(INT, INT, LONG, INT, INT, LONG));
    static final MethodHandle SENDMMSG = call("sendmmsg", FunctionDescriptor.of(INT, INT, LONG, INT, INT));

    private Linux() {}

    /** @throws IOException where the numbers above do not hold */
    static void require() throws IOException {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean known = architecture.equals("amd64") || architecture.equals("x86_64") || architecture.equals("aarch64");
        if (!System.getProperty("os.name", "").equals("Linux") || !known) {
            throw new IOException("The load generator needs Linux on x86-64 or AArch64.");
        }
    }

    static boolean option(int descriptor, int level, int name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment word = arena.allocate(4);
            word.set(INT, 0, value);
            return (int) SETSOCKOPT.invokeExact(descriptor, level, name, word.address(), 4) == 0;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static IllegalStateException failed(Throwable cause) {
        return new IllegalStateException("A call of the C library could not be made.", cause);
    }

    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        MemorySegment symbol = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("The C library has no " + name + "."));
        return LINKER.downcallHandle(symbol, descriptor);
    }
}
