package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private static final Path ROOT = Path.of("/opt/video-window");

    @Test
    void everythingItWritesLiesBelowItsHome() {
        Installation installation = Installation.of(ROOT, Map.of("VIDEO_WINDOW_HOME", "/srv/meetings"));
        for (Part part : Part.values()) {
            assertThat(installation.data(part)).startsWithRaw(Path.of("/srv/meetings"));
            assertThat(installation.log(part)).startsWithRaw(Path.of("/srv/meetings"));
            assertThat(installation.pidFile(part)).startsWithRaw(Path.of("/srv/meetings"));
            assertThat(installation.configuration(part)).startsWithRaw(Path.of("/srv/meetings"));
        }
        assertThat(installation.secrets()).startsWithRaw(Path.of("/srv/meetings"));
    }

    @Test
    void theHomeIsVarInTheCheckoutUnlessToldOtherwise() {
        assertThat(Installation.of(ROOT, Map.of()).home()).isEqualTo(ROOT.resolve("var"));
    }

    @Test
    void anOffsetThatIsNoNumberIsRefusedByName() {
        assertThatThrownBy(() -> Installation.of(ROOT, Map.of("VIDEO_WINDOW_PORT_OFFSET", "many")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("VIDEO_WINDOW_PORT_OFFSET")
                .hasMessageContaining("many");
    }
}
