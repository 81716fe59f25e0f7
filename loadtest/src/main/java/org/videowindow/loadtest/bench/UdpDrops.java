package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Linux dropped because nobody read it in time, from {@code /proc/net/udp}. */
final class UdpDrops {
    private UdpDrops() {}

    /** Datagrams dropped so far at sockets bound to these ports. */
    static long of(List<Integer> ports) throws IOException {
        Set<Integer> wanted = new HashSet<>(ports);
        long drops = 0;
        List<String> lines = Files.readAllLines(Path.of("/proc/net/udp"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.strip().split("\\s+");
            int port = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
            if (wanted.contains(port)) {
                drops += Long.parseLong(fields[fields.length - 1]);
            }
        }
        return drops;
    }
}
