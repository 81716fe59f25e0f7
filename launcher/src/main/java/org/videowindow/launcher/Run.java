package org.videowindow.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param code its exit code
 * @param output what it printed, errors included
 */
record Run(int code, String output) {
    private static final long SECONDS = 60;

    /** Runs a program. @throws Refusal if it does not end within a minute */
    static Run of(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var to = process.outputWriter(StandardCharsets.UTF_8)) {
            to.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new Refusal(command.getFirst() + " did not end within " + SECONDS + " s: look why it hangs.");
        }
        return new Run(process.exitValue(), output);
    }

    static Run of(String... command) throws IOException, InterruptedException {
        return of(List.of(command), "");
    }

    Run orRefuse(String doing) {
        if (code != 0) {
            throw new Refusal(doing + " failed: " + output.strip().replaceAll("\\s*\\n\\s*", "; "));
        }
        return this;
    }
}
