package org.videowindow.bridge.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A socket's file descriptor: opening, options, address, closing. Nothing here is on the packet path. */
final class LinuxDescriptor {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int EADDRINUSE = 98;

    private final int number;
    private final boolean inet6;
    private int askedReceiveBuffer;
    private int askedSendBuffer;
    private boolean closed;

    private LinuxDescriptor(int number, boolean inet6) {
        this.number = number;
        this.inet6 = inet6;
    }

    /** A non-blocking UDP socket bound to {@code local}. */
    static LinuxDescriptor open(InetSocketAddress local) throws IOException {
        LinuxDescriptor descriptor = unbound(local);
        try {
            descriptor.bind(local);
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
        return descriptor;
    }

    /**
     * More sockets on the address of this one, to which the kernel gives the datagrams that {@code filter} wants there: the
     * first is number 1 to the filter. None where the kernel does not do that. This one has been bound alone, and the next
     * process that wants the address for itself is still refused.
     */
    List<LinuxDescriptor> besides(DatagramFilter filter, int count) throws IOException {
        InetSocketAddress address = localAddress();
        List<LinuxDescriptor> others = new ArrayList<>();
        try {
            if (setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_REUSEPORT, 1)) {
                while (others.size() < count) {
                    LinuxDescriptor other = unbound(address);
                    others.add(other);
                    if (!other.setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_REUSEPORT, 1)) {
                        break;
                    }
                    other.bind(address);
                }
                if (others.getLast().attach(filter)) {
                    return others;
                }
            }
        } catch (BindException e) {
            // A kernel that does not share ports so: everything goes on coming by one socket.
        } catch (IOException e) {
            others.forEach(LinuxDescriptor::close);
            throw e;
        }
        others.forEach(LinuxDescriptor::close);
        setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_REUSEPORT, 0);
        return List.of();
    }

    private static LinuxDescriptor unbound(InetSocketAddress local) throws IOException {
        boolean inet6 = local.getAddress() instanceof Inet6Address;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            int number;
            try {
                number = (int) LinuxCalls.SOCKET.invokeExact(
                        state,
                        inet6 ? LinuxCalls.AF_INET6 : LinuxCalls.AF_INET,
                        LinuxCalls.SOCK_DGRAM | LinuxCalls.SOCK_NONBLOCK | LinuxCalls.SOCK_CLOEXEC,
                        0);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            if (number < 0) {
                throw new IOException("socket: error " + LinuxCalls.errno(state));
            }
            return new LinuxDescriptor(number, inet6);
        }
    }

    private void bind(InetSocketAddress local) throws IOException {
        if (inet6) {
            setOption(LinuxCalls.IPPROTO_IPV6, LinuxCalls.IPV6_V6ONLY, 0);
        }
        PeerAddress address = PeerAddress.of(local);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            MemorySegment name = arena.allocate(SocketAddressCodec.STRIDE, 8);
            int length = SocketAddressCodec.write(name, 0, inet6, address.high(), address.low(), address.port());
            int result;
            try {
                result = (int) LinuxCalls.BIND.invokeExact(state, number, name.address(), length);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            if (result < 0) {
                int errno = LinuxCalls.errno(state);
                String why = errno == EADDRINUSE ? "the port is in use" : "error " + errno;
                throw new BindException("UDP " + local.getPort() + ": " + why);
            }
        }
    }

    int number() {
        return number;
    }

    boolean inet6() {
        return inet6;
    }

    InetSocketAddress localAddress() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            MemorySegment name = arena.allocate(SocketAddressCodec.STRIDE, 8);
            MemorySegment length = arena.allocate(INT);
            length.set(INT, 0, SocketAddressCodec.INET6_BYTES);
            int result;
            try {
                result = (int) LinuxCalls.GETSOCKNAME.invokeExact(state, number, name.address(), length.address());
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            if (result < 0) {
                throw new IOException("getsockname: error " + LinuxCalls.errno(state));
            }
            return new PeerAddress(
                            SocketAddressCodec.high(name, 0, inet6),
                            SocketAddressCodec.low(name, 0, inet6),
                            SocketAddressCodec.port(name, 0))
                    .toSocketAddress();
        }
    }

    /** Asks for buffers; what lies above the system's bound is asked for with privilege, then taken as it comes. */
    void growBuffers(int receiveBytes, int sendBytes) {
        askedReceiveBuffer = receiveBytes;
        askedSendBuffer = sendBytes;
        setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_RCVBUF, receiveBytes);
        setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_SNDBUF, sendBytes);
        if (usable(LinuxCalls.SO_RCVBUF) < receiveBytes) {
            setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_RCVBUFFORCE, receiveBytes);
        }
        if (usable(LinuxCalls.SO_SNDBUF) < sendBytes) {
            setOption(LinuxCalls.SOL_SOCKET, LinuxCalls.SO_SNDBUFFORCE, sendBytes);
        }
    }

    /** The kernel doubles what is asked, for its own bookkeeping, and answers the doubled number. */
    private int usable(int option) {
        return option(LinuxCalls.SOL_SOCKET, option) / 2;
    }

    String describeBuffers() {
        return describe("receive", usable(LinuxCalls.SO_RCVBUF), askedReceiveBuffer, "rmem_max") + ", "
                + describe("send", usable(LinuxCalls.SO_SNDBUF), askedSendBuffer, "wmem_max");
    }

    private static String describe(String name, int bytes, int asked, String bound) {
        String text = name + " buffer " + bytes / 1024 + " KB";
        return bytes < asked ? text + " of " + asked / 1024 + " KB wanted (raise net.core." + bound + ")" : text;
    }

    /** Whether the kernel knows UDP_SEGMENT (Linux 4.18). */
    boolean canSegment() {
        return setOption(LinuxCalls.SOL_UDP, LinuxCalls.UDP_SEGMENT, 0);
    }

    /**
     * Whether the kernel may cut a datagram of IPv4 that is too long for its way into fragments. Datagrams that are never
     * cut need no identification (RFC 6864 section 4), which costs the kernel a cache miss each.
     */
    void fragment(boolean allowed) {
        setOption(
                LinuxCalls.IPPROTO_IP,
                LinuxCalls.IP_MTU_DISCOVER,
                allowed ? LinuxCalls.IP_PMTUDISC_WANT : LinuxCalls.IP_PMTUDISC_DO);
    }

    private boolean attach(DatagramFilter filter) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            MemorySegment program = filter.write(arena);
            return 0
                    == (int) LinuxCalls.SETSOCKOPT.invokeExact(
                            state,
                            number,
                            LinuxCalls.SOL_SOCKET,
                            LinuxCalls.SO_ATTACH_REUSEPORT_CBPF,
                            program.address(),
                            (int) program.byteSize());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private boolean setOption(int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            MemorySegment memory = arena.allocate(INT);
            memory.set(INT, 0, value);
            return 0 == (int) LinuxCalls.SETSOCKOPT.invokeExact(state, number, level, option, memory.address(), 4);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int option(int level, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            MemorySegment memory = arena.allocate(INT);
            MemorySegment length = arena.allocate(INT);
            length.set(INT, 0, 4);
            int result = (int)
                    LinuxCalls.GETSOCKOPT.invokeExact(state, number, level, option, memory.address(), length.address());
            return result == 0 ? memory.get(INT, 0) : -1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            int ignored = (int) LinuxCalls.CLOSE.invokeExact(number);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
