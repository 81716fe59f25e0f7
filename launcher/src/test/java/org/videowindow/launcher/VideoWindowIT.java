package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, with the real parts as the modules before this one built them. */
class VideoWindowIT {
    /** No port of it is one that the kernel gives to others: those begin at 32768. */
    private static final int OFFSET = 17_000;

    /** Three times the fifteen seconds that a second start may take on a machine of one's own. */
    private static final Duration SECOND_START = Duration.ofSeconds(45);

    @TempDir
    Path home;

    @AfterEach
    void stopEverything() throws IOException, InterruptedException {
        videoWindow(Map.of(), "down");
    }

    @Test
    void upStatusDownAndASecondStart() throws IOException, InterruptedException {
        Script.Run up = videoWindow(Map.of(), "up");
        assertThat(up.output()).contains("http://localhost:" + (8080 + OFFSET)).contains("Logs: " + home);
        assertThat(up.code()).isZero();

        Script.Run status = videoWindow(Map.of(), "status");
        assertThat(status.code()).isZero();
        for (Part part : Part.OURS) {
            assertThat(status.output()).containsPattern("(?m)^" + part.title() + " +[0-9]+ +healthy +[0-9]+ MB ");
        }

        Script.Run again = videoWindow(Map.of(), "up");
        assertThat(again.code()).isZero();
        assertThat(again.output()).doesNotContain("Starting:");

        Script.Run down = videoWindow(Map.of(), "down");
        assertThat(down.output()).contains("Stopped: focus, videobridge, portal, shard-server.");
        assertThat(videoWindow(Map.of(), "status").code()).isEqualTo(1);

        Script.Run second = videoWindow(Map.of(), "up");
        assertThat(second.code()).isZero();
        System.out.printf("second start: %.1f s%n", second.took().toMillis() / 1e3);
        assertThat(second.took()).isLessThan(SECOND_START);
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftRunning() throws IOException, InterruptedException {
        int port = 8889 + OFFSET;
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Script.Run up = videoWindow(Map.of(), "up");
            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .contains("Port " + taken.getLocalPort() + " (videobridge, ")
                    .contains("VIDEO_WINDOW_PORT_OFFSET");
            assertNothingRuns();
        }
    }

    @Test
    void aPartThatDiesDuringStartIsNamedAndNothingIsLeftRunning() throws IOException, InterruptedException {
        // The portal's database file is a folder: it cannot start.
        Path data = Files.createDirectories(home.resolve("data").resolve("portal"));
        Files.createDirectories(data.resolve("portal.mv.db"));
        Script.Run up = videoWindow(Map.of(), "up");
        assertThat(up.output()).contains("The portal stopped during its start").contains("portal.log");
        assertThat(up.code()).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void aMachineWithoutJdk25IsToldWhatToInstall() throws IOException, InterruptedException {
        Script.Run up = videoWindow(
                Map.of(
                        "VIDEO_WINDOW_JDK", "",
                        "JAVA_HOME", "",
                        "HOME", home.toString(),
                        "VIDEO_WINDOW_JDK_DIRECTORY", home.toString(),
                        "PATH", "/usr/sbin:/sbin:/bin"),
                "up");
        assertThat(up.code()).isEqualTo(1);
        assertThat(up.output().lines())
                .singleElement()
                .asString()
                .contains("JDK 25")
                .contains("JAVA_HOME");
    }

    private void assertNothingRuns() throws IOException, InterruptedException {
        Script.Run status = videoWindow(Map.of(), "status");
        assertThat(status.output().lines().filter(line -> line.contains(" stopped ")))
                .hasSize(Part.OURS.size());
    }

    private Script.Run videoWindow(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        return new Script(home, OFFSET).run(environment, words);
    }
}
