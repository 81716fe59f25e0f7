package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path root;

    private Installation installation;
    private Build build;

    @BeforeEach
    void aBuiltFocus() throws IOException {
        installation = Installation.of(root, Map.of());
        build = new Build(installation, System.out);
        write(root.resolve("pom.xml"), BUILT.minusSeconds(10));
        write(root.resolve("focus/src/main/java/Focus.java"), BUILT.minusSeconds(10));
        write(installation.jar(Part.FOCUS), BUILT);
    }

    @Test
    void nothingIsStaleAfterABuild() throws IOException {
        assertThat(build.isStale(Part.FOCUS)).isFalse();
    }

    @Test
    void aPartWithoutJarIsStale() throws IOException {
        Files.delete(installation.jar(Part.FOCUS));
        assertThat(build.isStale(Part.FOCUS)).isTrue();
    }

    @Test
    void aNewerSourceMakesItStale() throws IOException {
        write(root.resolve("focus/src/main/resources/reference.conf"), BUILT.plusSeconds(1));
        assertThat(build.isStale(Part.FOCUS)).isTrue();
    }

    @Test
    void aNewerParentPomMakesItStale() throws IOException {
        write(root.resolve("pom.xml"), BUILT.plusSeconds(1));
        assertThat(build.isStale(Part.FOCUS)).isTrue();
    }

    @Test
    void whatTheBuildItselfWritesDoesNot() throws IOException {
        write(root.resolve("focus/target/surefire-reports/report.txt"), BUILT.plusSeconds(1));
        write(root.resolve("focus/web/node_modules/library/index.js"), BUILT.plusSeconds(1));
        assertThat(build.isStale(Part.FOCUS)).isFalse();
    }

    @Test
    void aJarWithAFixedDateIsAsOldAsWhatItWasMadeFrom() throws IOException {
        Path jar = installation.jar(Part.FOCUS);
        write(jar, BUILT.minusSeconds(3600));
        write(jar.resolveSibling(jar.getFileName() + ".original"), BUILT);
        assertThat(build.isStale(Part.FOCUS)).isFalse();
    }

    private static void write(Path file, Instant modified) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
