package org.videowindow.haproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that a test runs to their end. */
final class Commands {
    private static final int SECONDS = 60;

    private Commands() {}

    /** What the program printed and how it ended. */
    record Outcome(int status, String output) {}

    /** Runs it. @return what it printed. @throws IOException if it fails */
    static String run(String... command) throws IOException {
        Outcome outcome = attempt(command);
        if (outcome.status() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + outcome.output());
        }
        return outcome.output();
    }

    /** Runs it; it may fail. */
    static Outcome attempt(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return new Outcome(process.exitValue(), output);
    }
}
