package org.videowindow.launcher.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jinja2 itself, set as Ansible sets it, makes of the table's templates what the table says. */
class TemplateAgainstJinjaTest {
    @ParameterizedTest
    @MethodSource("org.videowindow.launcher.template.TemplateTest#table")
    void jinjaAgrees(String template, String expected) throws IOException, InterruptedException {
        assertThat(Jinja.render(template, TemplateTest.VALUES)).isEqualTo(expected);
    }
}
