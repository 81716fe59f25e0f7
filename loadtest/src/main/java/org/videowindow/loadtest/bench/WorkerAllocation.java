package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.videowindow.loadtest.sfu.ServerProcess;

/** What the media threads of a Java process have allocated, as {@code jcmd Thread.print -e} tells. */
final class WorkerAllocation {
    private static final Pattern WORKER = Pattern.compile("\"worker-\\d+\".*allocated=(\\d+)([BKMG])");

    private final ServerProcess process;

    private WorkerAllocation(ServerProcess process) {
        this.process = process;
    }

    static WorkerAllocation of(ServerProcess process) {
        return new WorkerAllocation(process);
    }

    /** Bytes since their start, or -1 where it cannot be told. */
    long bytes() throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (process == null || !process.isJava() || !Files.isExecutable(jcmd)) {
            return -1;
        }
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print", "-e")
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher worker = WORKER.matcher(answer);
        long bytes = 0;
        boolean found = false;
        while (worker.find()) {
            found = true;
            bytes += Long.parseLong(worker.group(1)) * unit(worker.group(2).charAt(0));
        }
        return found ? bytes : -1;
    }

    private static long unit(char letter) {
        return switch (letter) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
    }
}
