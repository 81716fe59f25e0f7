package org.videowindow.launcher.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    static final Map<String, Object> VALUES = Map.of(
            "proxy",
            Map.of(
                    "name",
                    "edge",
                    "port",
                    443,
                    "none",
                    "",
                    "zero",
                    0,
                    "yes",
                    true,
                    "shards",
                    List.of(Map.of("name", "a", "tags", List.of("x", "y")), Map.of("name", "b", "tags", List.of())),
                    "empty",
                    List.of()));

    /** Template and what it becomes; TemplateAgainstJinjaTest asks Jinja2 itself about the same. */
    static List<Arguments> table() {
        return Arrays.asList(
                Arguments.of("plain { text } 100% #1\n", "plain { text } 100% #1\n"),
                Arguments.of("{{ proxy.name }}:{{proxy.port}}\n", "edge:443\n"),
                Arguments.of("a {# unseen {{ nobody }} #}b\n", "a b\n"),
                Arguments.of("{# one\ntwo #}\nrest\n", "rest\n"),
                Arguments.of("  {# indented #}\nrest\n", "rest\n"),
                Arguments.of("{% if proxy.yes %}\nin\n{% endif %}\nout\n", "in\nout\n"),
                Arguments.of("{% if not proxy.yes %}\nin\n{% else %}\nother\n{% endif %}\n", "other\n"),
                Arguments.of("{% if proxy.none %}a{% endif %}{% if proxy.zero %}b{% endif %}c\n", "c\n"),
                Arguments.of("{% if proxy.empty %}a{% else %}b{% endif %}\nc\n", "bc\n"),
                Arguments.of("x {% if proxy.yes %} y {% endif %} z\n", "x  y  z\n"),
                Arguments.of(
                        "{% for s in proxy.shards %}\n  server {{ s.name }}\n{% endfor %}\nend\n",
                        "  server a\n  server b\nend\n"),
                Arguments.of("""
                        {% for s in proxy.shards %}
                          {% for t in s.tags %}
                          {{ s.name }}{{ t }}
                          {% endfor %}
                        {% endfor %}
                        """, "  ax\n  ay\n"),
                Arguments.of("{% for s in proxy.empty %}\nnever {{ s.name }}\n{% endfor %}\n", ""),
                Arguments.of("list {% for s in proxy.shards %} {{ s.name }}{% endfor %}\n", "list  a b"),
                Arguments.of("{% if proxy.yes %}\n\nblank\n\n{% endif %}\n\n", "\nblank\n\n\n"),
                Arguments.of("{{ proxy.name }}", "edge"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void rendersAsJinjaDoes(String template, String expected) {
        assertThat(Template.parse(template).render(VALUES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for s in proxy.shards %}",
                "{% if proxy.yes %}{% endfor %}",
                "{% endif %}",
                "{% else %}",
                "{% if proxy.yes %}{% else %}{% else %}{% endif %}",
                "{% set a = 1 %}",
                "{% if proxy.port > 1 %}{% endif %}",
                "{{ proxy.name | upper }}"
            })
    void whatIsNotInTheSubsetIsRefused(String template) {
        assertThatThrownBy(() -> Template.parse(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatIsNotThereIsNamed() {
        Template template = Template.parse("{% if proxy.yes %}{{ proxy.missing }}{% endif %}");
        assertThatThrownBy(() -> template.render(VALUES)).hasMessageContaining("proxy.missing");
    }
}
