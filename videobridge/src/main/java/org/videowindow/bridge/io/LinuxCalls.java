package org.videowindow.bridge.io;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * The C library's calls that {@link LinuxUdpSocket} makes, and the numbers they take on 64-bit Linux (the same on x86-64
 * and AArch64). Pointers are passed as {@code long}, so that no segment object is made per call.
 */
final class LinuxCalls {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    static final int IPPROTO_IP = 0;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_PMTUDISC_WANT = 1;
    static final int IP_PMTUDISC_DO = 2;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int EFD_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;
    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int ENOTSOCK = 88;
    static final int EMSGSIZE = 90;
    static final int EOPNOTSUPP = 95;

    /** Layout of {@code struct mmsghdr}: a {@code msghdr} of 56 bytes, then the length. */
    static final int MESSAGE_BYTES = 64;

    static final int MESSAGE_NAME = 0;
    static final int MESSAGE_NAME_LENGTH = 8;
    static final int MESSAGE_IOV = 16;
    static final int MESSAGE_IOV_LENGTH = 24;
    static final int MESSAGE_CONTROL = 32;
    static final int MESSAGE_CONTROL_LENGTH = 40;
    static final int MESSAGE_FLAGS = 48;
    static final int MESSAGE_LENGTH = 56;

    /** Layout of {@code struct iovec}: base, length. */
    static final int IOV_BYTES = 16;

    /** Room for one {@code cmsghdr} (16 bytes) with a 16-bit value, aligned; its {@code cmsg_len} is 18. */
    static final int CONTROL_BYTES = 24;

    static final int CONTROL_LENGTH = 18;

    /** Most messages the kernel takes in one call (UIO_MAXIOV). */
    static final int MAX_MESSAGES = 1024;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

    static final MethodHandle SOCKET = withErrno("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    static final MethodHandle BIND = withErrno("bind", FunctionDescriptor.of(INT, INT, LONG, INT));
    static final MethodHandle GETSOCKNAME = withErrno("getsockname", FunctionDescriptor.of(INT, INT, LONG, LONG));
    static final MethodHandle SETSOCKOPT =
            withErrno("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, LONG, INT));
    static final MethodHandle GETSOCKOPT =
            withErrno("getsockopt", FunctionDescriptor.of(INT, INT, INT, INT, LONG, LONG));
    static final MethodHandle EVENTFD = withErrno("eventfd", FunctionDescriptor.of(INT, INT, INT));
    static final MethodHandle SENDTO =
            withErrno("sendto", FunctionDescriptor.of(LONG, INT, LONG, LONG, INT, LONG, INT));
    static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(INT, INT));
    static final MethodHandle READ = plain("read", FunctionDescriptor.of(LONG, INT, LONG, LONG));
    static final MethodHandle WRITE = plain("write", FunctionDescriptor.of(LONG, INT, LONG, LONG));
    static final MethodHandle PPOLL = plain("ppoll", FunctionDescriptor.of(INT, LONG, LONG, LONG, LONG));

    private static final FunctionDescriptor RECVMMSG_TYPE = FunctionDescriptor.of(INT, INT, LONG, INT, INT, LONG);
    private static final FunctionDescriptor SENDMMSG_TYPE = FunctionDescriptor.of(INT, INT, LONG, INT, INT);

    /**
     * The two calls of the packet path exist twice: plain, and with the error number. The latter lets the JDK cut a
     * segment object for the error's memory at every call, which only sometimes is optimised away; so it is made only
     * when the plain one has failed, to learn why (or to succeed after all).
     */
    static final MethodHandle RECVMMSG = plain("recvmmsg", RECVMMSG_TYPE);

    static final MethodHandle RECVMMSG_ERRNO = withErrno("recvmmsg", RECVMMSG_TYPE);
    static final MethodHandle SENDMMSG = plain("sendmmsg", SENDMMSG_TYPE);
    static final MethodHandle SENDMMSG_ERRNO = withErrno("sendmmsg", SENDMMSG_TYPE);

    private LinuxCalls() {}

    /** Whether this is a Linux whose structures are the ones above. */
    static boolean isSupportedPlatform() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return System.getProperty("os.name", "").equals("Linux")
                && (architecture.equals("amd64") || architecture.equals("x86_64") || architecture.equals("aarch64"));
    }

    /** Memory that receives the error number of a failed call. */
    static MemorySegment allocateState(Arena arena) {
        return arena.allocate(STATE);
    }

    /** The error number of the last failed call that was given {@code state}. */
    static int errno(MemorySegment state) {
        return state.get(INT, 0);
    }

    private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbol(name), descriptor);
    }

    private static MethodHandle withErrno(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the C library has no " + name));
    }
}
