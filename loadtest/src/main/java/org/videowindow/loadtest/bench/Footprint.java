package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.videowindow.loadtest.sfu.ServerProcess;

/**
 * Memory that a server's state needs: for a Java process what is live on its heap after a collection, and all that is
 * resident outside the heap; for others what is resident.
 */
final class Footprint {
    private static final Pattern HEAP =
            Pattern.compile("ZHeap\\s+used (\\d+)M, capacity (\\d+)M", Pattern.CASE_INSENSITIVE);

    private Footprint() {}

    static long of(ServerProcess process) throws IOException {
        if (!process.isJava()) {
            return process.residentBytes();
        }
        ask(process, "GC.run");
        ask(process, "GC.run");
        Matcher heap = HEAP.matcher(ask(process, "GC.heap_info"));
        if (!heap.find()) {
            return process.residentBytes();
        }
        long used = Long.parseLong(heap.group(1)) << 20;
        return used + process.residentBytes() - process.sharedBytes();
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
