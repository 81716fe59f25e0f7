package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that may open no further file while a socket is being opened; the limit is that of this process. */
class NoDescriptorLeftTest {
    private static final int RLIMIT_NOFILE = 7;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final MethodHandle GETRLIMIT = call("getrlimit");
    private static final MethodHandle SETRLIMIT = call("setrlimit");

    private static MethodHandle call(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    }

    /** Of four descriptors: the socket, two besides, and what wakes them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSocketThatLacksADescriptorLeavesNoneOpen(int left) throws IOException {
        assumeThat(LinuxUdpSocket.isSupported()).isTrue();
        UdpSocketOptions options = UdpSocketOptions.DEFAULTS.withQueuesApart();
        InetSocketAddress local;
        // Everything that opening takes is loaded by then, which takes files too.
        try (UdpSocket socket =
                LinuxUdpSocket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), options)) {
            assumeThat(socket.describe()).contains("feedback apart");
            local = socket.localAddress();
        }
        List<String> before = sockets();

        List<IOException> refused = new ArrayList<>();
        withDescriptorsLeft(left, () -> {
            try {
                LinuxUdpSocket.bind(local, options).close();
            } catch (IOException e) {
                refused.add(e);
            }
        });

        assertThat(refused).hasSize(1);
        assertThat(sockets()).containsExactlyInAnyOrderElementsOf(before);
        LinuxUdpSocket.bind(local, options).close();
    }

    /** What {@code /proc} calls the sockets of this process: two that are open at a time never have the same name. */
    private static List<String> sockets() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    String name = Files.readSymbolicLink(descriptor).toString();
                    if (name.startsWith("socket:")) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private static void withDescriptorsLeft(int left, Runnable work) throws IOException {
        long highest;
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            highest = descriptors
                    .mapToLong(path -> Long.parseLong(path.getFileName().toString()))
                    .max()
                    .orElseThrow();
        }
        Deque<FileInputStream> open = new ArrayDeque<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limits = arena.allocate(16, 8);
            assertThat(invoke(GETRLIMIT, limits)).isZero();
            long soft = limits.get(ValueLayout.JAVA_LONG, 0);
            limits.set(ValueLayout.JAVA_LONG, 0, highest + 1 + left);
            assertThat(invoke(SETRLIMIT, limits)).isZero();
            try {
                fill(open);
                for (int i = 0; i < left; i++) {
                    open.pop().close();
                }
                work.run();
            } finally {
                limits.set(ValueLayout.JAVA_LONG, 0, soft);
                assertThat(invoke(SETRLIMIT, limits)).isZero();
            }
        } finally {
            for (FileInputStream file : open) {
                file.close();
            }
        }
    }

    private static void fill(Deque<FileInputStream> open) {
        try {
            while (true) {
                open.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            // No descriptor is left.
        }
    }

    private static int invoke(MethodHandle call, MemorySegment limits) {
        try {
            return (int) call.invokeExact(RLIMIT_NOFILE, limits.address());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
