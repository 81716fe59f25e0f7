package org.videowindow.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The finished jar as its own process, with a configuration file, as operators start it. */
class PortalJarIT {
    private static final Pattern PORT = Pattern.compile("Listening on port (\\d+), privately on port (\\d+)");

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void startsWithAFileAndStopsWhenAsked() throws Exception {
        Path file = configuration("""
                portal:
                  data-directory: %s
                server:
                  port: 0
                management:
                  server:
                    port: 0
                """.formatted(directory.resolve("data")));
        Process portal = start("portal-0.1.0.jar", file);
        Matcher ports = listening(portal);
        assertThat(new Visitor(Integer.parseInt(ports.group(1)))
                        .get("/api/v1/session")
                        .status())
                .isEqualTo(200);
        assertThat(new Visitor(Integer.parseInt(ports.group(2)))
                        .get("/actuator/health")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("UP");

        Process second = start("app/portal-0.1.0.jar", file);
        assertThat(second.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(errors(second))
                .singleElement()
                .asString()
                .contains("portal.data-directory", "open in another process");

        portal.destroy();
        assertThat(portal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(errors(portal)).isEmpty();
    }

    @Test
    void anUnknownKeyStopsTheStartWithOneSentence() throws Exception {
        Process portal = start("app/portal-0.1.0.jar", configuration("portal:\n  public-ulr: http://localhost:1\n"));
        assertThat(portal.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(portal.exitValue()).isEqualTo(1);
        assertThat(errors(portal)).singleElement().asString().contains("unknown key: portal.public-ulr", "2:15");
        assertThat(output(portal)).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void aFileThatIsNotThereStopsTheStartWithOneSentence() throws Exception {
        Process portal = start("app/portal-0.1.0.jar", directory.resolve("none.yaml"));
        assertThat(portal.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(portal.exitValue()).isEqualTo(1);
        assertThat(errors(portal)).singleElement().asString().contains("none.yaml", "is not there");
    }

    private Process start(String jar, Path configuration) throws IOException {
        int number = started.size();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:SharedArchiveFile="
                                + Path.of("target", "app", "portal.jsa").toAbsolutePath(),
                        "-jar",
                        Path.of("target", jar).toAbsolutePath().toString(),
                        "--spring.config.additional-location=file:" + configuration)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve(number + ".out").toFile())
                .redirectError(directory.resolve(number + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path configuration(String yaml) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "portal", ".yaml"), yaml);
    }

    private Matcher listening(Process process) throws IOException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(3));
        while (Instant.now().isBefore(deadline) && process.isAlive()) {
            Matcher matcher = PORT.matcher(output(process));
            if (matcher.find()) {
                return matcher;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("Did not start: " + output(process) + errors(process));
    }

    private String output(Process process) throws IOException {
        return Files.readString(directory.resolve(started.indexOf(process) + ".out"));
    }

    private List<String> errors(Process process) throws IOException {
        return Files.readAllLines(directory.resolve(started.indexOf(process) + ".err"));
    }
}
