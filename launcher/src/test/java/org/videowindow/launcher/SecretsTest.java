package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path home;

    @Test
    void theyAreMadeOnceForTheirOwnerOnly() throws IOException {
        Path folder = home.resolve("new").resolve("secrets");
        Secrets.prepare(folder);
        String focus = Files.readString(folder.resolve(Secrets.FOCUS_PASSWORD));
        String bridge = Files.readString(folder.resolve(Secrets.BRIDGE_PASSWORD));

        assertThat(focus.strip()).hasSize(43).isNotEqualTo(bridge.strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(Secrets.FOCUS_PASSWORD))))
                .isEqualTo("rw-------");

        Secrets.prepare(folder);
        assertThat(Files.readString(folder.resolve(Secrets.FOCUS_PASSWORD))).isEqualTo(focus);
    }
}
