package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoWindowTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpSaysWhatThereIs() {
        assertThat(run("help")).isZero();
        assertThat(text(out)).contains("up", "down", "status", "logs", "test", "VIDEO_WINDOW_HOME");
    }

    @Test
    void anUnknownCommandIsAnswerWithTheUsageAndExitCodeTwo() {
        assertThat(run("launch", "it")).isEqualTo(2);
        assertThat(text(err)).contains("Not a command: launch it").contains("./video-window up");
    }

    @Test
    void anUnknownOptionOfAKnownCommandIsNotIgnored() {
        assertThat(run("up", "--backround")).isEqualTo(2);
        assertThat(text(err)).contains("--backround");
    }

    @Test
    void logsOfAnUnknownPartNamesTheParts() {
        assertThat(run("logs", "bridges")).isEqualTo(1);
        assertThat(text(err)).contains("\"bridges\"").contains("videobridge");
    }

    private int run(String... arguments) {
        return VideoWindow.run(List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
