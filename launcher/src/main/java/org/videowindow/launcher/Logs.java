package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code logs}: the last lines of what the parts wrote. */
final class Logs {
    private static final int LINES = 100;
    private static final int BYTES = 64 * 1024;
    private static final long LOOK_EVERY_MILLISECONDS = 300;

    private final Installation installation;
    private final PrintStream out;

    Logs(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    void print(List<Instance> instances) throws IOException {
        for (Instance instance : instances) {
            Path log = installation.log(instance);
            if (instances.size() > 1) {
                out.println("==> " + log + " <==");
            }
            tail(log, LINES).forEach(out::println);
        }
    }

    /** Prints what one instance writes from now on, until Ctrl-C. */
    void follow(Instance instance) throws IOException, InterruptedException {
        Path log = installation.log(instance);
        print(List.of(instance));
        long position = Files.exists(log) ? Files.size(log) : 0;
        while (true) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
            long size = Files.exists(log) ? Files.size(log) : 0;
            if (size > position) {
                out.print(new String(
                        read(log, position, (int) Math.min(size - position, BYTES)), StandardCharsets.UTF_8));
                out.flush();
            }
            position = size;
        }
    }

    /** The last lines of a file, at most so many and at most {@value #BYTES} bytes; none where there is no file. */
    static List<String> tail(Path file, int lines) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        long size = Files.size(file);
        int length = (int) Math.min(size, BYTES);
        List<String> all = new String(read(file, size - length, length), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    private static byte[] read(Path file, long position, int length) throws IOException {
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[length];
            input.seek(position);
            input.readFully(bytes);
            return bytes;
        }
    }
}
