package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private static final Path ROOT = Path.of("/opt/video-window");

    @Test
    void everythingItWritesLiesBelowItsHome() {
        Installation installation = Installation.of(ROOT, Map.of("VIDEO_WINDOW_HOME", "/srv/meetings"));
        for (Part part : Part.values()) {
            Instance instance = new Instance(part, 1);
            assertThat(installation.data(instance)).startsWithRaw(Path.of("/srv/meetings"));
            assertThat(installation.log(instance)).startsWithRaw(Path.of("/srv/meetings"));
            assertThat(installation.pidFile(instance)).startsWithRaw(Path.of("/srv/meetings"));
            assertThat(installation.configuration(instance)).startsWithRaw(Path.of("/srv/meetings"));
        }
        assertThat(installation.secrets()).startsWithRaw(Path.of("/srv/meetings"));
    }

    @Test
    void filesHaveThePartsNameUntilThereAreSeveralOfIt() {
        Installation one = Installation.of(ROOT, Map.of());
        Installation two = one.with(SetUp.parse(List.of("--bridges", "2")).orElseThrow());
        assertThat(one.log(new Instance(Part.VIDEOBRIDGE, 1))).hasFileName("videobridge.log");
        assertThat(two.log(new Instance(Part.VIDEOBRIDGE, 2))).hasFileName("bridge-2.log");
        assertThat(two.log(new Instance(Part.FOCUS, 1))).hasFileName("focus.log");
        assertThat(one.pidFile(new Instance(Part.VIDEOBRIDGE, 1))).hasFileName("bridge-1.pid");
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
