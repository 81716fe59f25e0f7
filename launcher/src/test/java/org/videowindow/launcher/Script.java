package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The script itself, run on an installation of its own.
 *
 * @param home its VIDEO_WINDOW_HOME
 * @param offset its VIDEO_WINDOW_PORT_OFFSET
 */
record Script(Path home, int offset) {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** What a run of it came to. */
    record Run(int code, String output, Duration took) {}

    Run run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        return runUnder(List.of(), environment, words);
    }

    /** @param around a program that runs the script, with its own words, for example one that moves the clock */
    Run runUnder(List<String> around, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(around);
        command.addAll(List.of("/bin/bash", ROOT.resolve("video-window").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile("video-window", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("VIDEO_WINDOW_HOME", home.toString());
        builder.environment().put("VIDEO_WINDOW_PORT_OFFSET", Integer.toString(offset));
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Run(process.exitValue(), text, took);
    }

    Run run(String... words) throws IOException, InterruptedException {
        return run(Map.of(), words);
    }
}
