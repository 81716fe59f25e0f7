package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.videowindow.loadtest.sfu.ServerProcess;

/**
 * Memory that a server's state needs: for a Java process what is live on its heap after a collection, and all that is
 * resident outside the heap; for others what is resident.
 */
final class Footprint {
    /** ZGC: its heap is shared memory. */
    private static final Pattern SHARED_HEAP = Pattern.compile("ZHeap\\s+used (\\d+)M");

    /** Others: the parts of the heap with what is used of each, where it begins and where it ends. */
    private static final Pattern HEAP_PART = Pattern.compile(
            "^(?:DefNew|Tenured|garbage-first heap|PSYoungGen|ParOldGen) .*used (\\d+)K \\[0x(\\p{XDigit}+), .*0x(\\p{XDigit}+)\\)",
            Pattern.MULTILINE);

    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");

    private Footprint() {}

    static long of(ServerProcess process) throws IOException {
        if (!process.isJava()) {
            return process.residentBytes();
        }
        ask(process, "GC.run");
        ask(process, "GC.run");
        String heap = ask(process, "GC.heap_info");
        Matcher shared = SHARED_HEAP.matcher(heap);
        if (shared.find()) {
            return (Long.parseLong(shared.group(1)) << 20) + process.residentBytes() - process.sharedBytes();
        }
        List<String> mappings = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps"));
        return process.residentBytes() + beyondUse(heap, mappings);
    }

    /** What the heap uses less what is resident of it, in bytes. */
    static long beyondUse(String heap, List<String> mappings) {
        long bytes = 0;
        for (MatchResult part : HEAP_PART.matcher(heap).results().toList()) {
            bytes += Long.parseLong(part.group(1)) << 10;
            bytes -= resident(
                    mappings, Long.parseUnsignedLong(part.group(2), 16), Long.parseUnsignedLong(part.group(3), 16));
        }
        return bytes;
    }

    /** What is resident of the mappings that begin between two addresses. */
    private static long resident(List<String> mappings, long from, long to) {
        long bytes = 0;
        boolean within = false;
        for (String line : mappings) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long begin = Long.parseUnsignedLong(mapping.group(1), 16);
                within = begin >= from && begin < to;
            } else if (within && line.startsWith("Rss:")) {
                bytes += Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        return bytes;
    }

    private static String ask(ServerProcess process, String command) throws IOException {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
