package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.launcher.template.Jinja;

/** The real templates, with the values of real set-ups: our renderer and Jinja2 make the same of them. */
class RenderedTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--with haproxy",
                "--with haproxy,coturn",
                "--with haproxy,coturn --shards 3 --bridges 2 --proxies 2 --regions --listen 127.0.0.7"
            })
    void asJinjaRendersThem(String options) throws IOException, InterruptedException {
        SetUp setUp = SetUp.parse(List.of(options.split(" "))).orElseThrow();
        Installation installation = Installation.of(ROOT, Map.of("VIDEO_WINDOW_HOME", home.toString()))
                .with(setUp);
        Secrets.prepare(installation.secrets());
        new Configuration(installation).write();
        Rendered rendered = new Rendered(installation);
        for (Instance proxy : setUp.of(Part.HAPROXY)) {
            assertThat(installation.configuration(proxy))
                    .hasContent(Jinja.render(
                            Files.readString(ROOT.resolve("haproxy/haproxy.cfg.j2")),
                            Map.of("haproxy", rendered.haproxyValues(proxy))));
        }
        for (Instance coturn : setUp.of(Part.COTURN)) {
            assertThat(installation.configuration(coturn))
                    .hasContent(Jinja.render(
                            Files.readString(ROOT.resolve("coturn/turnserver.conf.j2")),
                            Map.of("coturn", rendered.coturnValues(coturn))));
        }
    }
}
