package org.videowindow.launcher.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's python3-jinja2, or that of another python3 on the PATH. */
public final class Jinja {
    private static final String PROGRAM = """
            import json, sys, jinja2
            work = json.load(sys.stdin)
            environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
                                             undefined=jinja2.StrictUndefined)
            sys.stdout.write(environment.from_string(work["template"]).render(work["values"]))
            """;

    private Jinja() {}

    public static String render(String template, Map<String, ?> values) throws IOException, InterruptedException {
        String python = python();
        assumeTrue(python != null, "python3-jinja2 is not installed: ./video-window test installs it");
        String work = ConfigValueFactory.fromMap(Map.of("template", template, "values", values))
                .render(ConfigRenderOptions.concise());
        Process process = new ProcessBuilder(python, "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write(work.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }

    private static String python() throws IOException, InterruptedException {
        for (String candidate : new String[] {"/usr/bin/python3", "python3"}) {
            Process process = new ProcessBuilder(candidate, "-c", "import jinja2")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return candidate;
            }
        }
        return null;
    }
}
