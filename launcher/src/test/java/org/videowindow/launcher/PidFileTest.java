package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path folder;

    @Test
    void findsTheProcessItWasWrittenFor() throws IOException {
        PidFile file = new PidFile(folder.resolve("run").resolve("part.pid"));
        file.write(ProcessHandle.current());
        assertThat(file.read()).contains(ProcessHandle.current());
    }

    @Test
    void aStrangerThatGotTheIdLaterIsNotTheProcess() throws IOException {
        Path path = folder.resolve("part.pid");
        Files.write(path, List.of(Long.toString(ProcessHandle.current().pid()), "2020-01-01T00:00:00Z"));
        assertThat(new PidFile(path).read()).isEmpty();
    }

    @Test
    void aBrokenFileNamesNobody() throws IOException {
        Path path = folder.resolve("part.pid");
        for (String text : List.of("", "x\ny\n", "1\n", "99999999999999999999\n2020\n")) {
            Files.writeString(path, text);
            assertThat(new PidFile(path).read()).as(text).isEmpty();
        }
        assertThat(new PidFile(folder.resolve("absent.pid")).read()).isEmpty();
    }
}
