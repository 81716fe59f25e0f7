package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Which ports the process of an instance, with its children, listens on; as Linux tells in /proc. */
final class SocketOwners {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private final Set<String> ports = new HashSet<>();
    private final boolean known;

    private SocketOwners(boolean known) {
        this.known = known;
    }

    static SocketOwners of(ProcessHandle process) {
        Path folder = PROC.resolve(Long.toString(process.pid()));
        Set<String> sockets = new HashSet<>();
        boolean readable = Stream.concat(Stream.of(process), process.descendants())
                        .filter(each -> addSockets(each.pid(), sockets))
                        .count()
                > 0;
        SocketOwners owners = new SocketOwners(readable);
        for (String family : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
            owners.addPorts(folder.resolve("net").resolve(family), sockets);
        }
        return owners;
    }

    /** @return whether the system lets us look */
    private static boolean addSockets(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path descriptor : descriptors) {
                addSocket(descriptor, sockets);
            }
            return true;
        } catch (IOException | java.nio.file.DirectoryIteratorException refused) {
            return false;
        }
    }

    private static void addSocket(Path descriptor, Set<String> sockets) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("socket:[")) {
                sockets.add(target.substring("socket:[".length(), target.length() - 1));
            }
        } catch (IOException closedMeanwhile) {
            // One that is gone listens nowhere.
        }
    }

    private void addPorts(Path table, Set<String> sockets) {
        String transport = table.getFileName().toString().substring(0, 3);
        try (Stream<String> lines = Files.lines(table)) {
            lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(fields -> {
                boolean listens = transport.equals("udp") || fields[3].equals(LISTENING);
                if (listens && sockets.contains(fields[9])) {
                    int port = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
                    ports.add(transport + port);
                }
            });
        } catch (IOException | java.io.UncheckedIOException noSuchFamily) {
            // Without IPv6 there is no table of it.
        }
    }

    /** Whether the process listens there; yes also where the system does not tell. */
    boolean listensOn(Port port) {
        return !known || ports.contains(port.transport().name().toLowerCase(Locale.ROOT) + port.number());
    }
}
