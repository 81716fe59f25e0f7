package org.videowindow.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the template turns into, before anything runs. */
final class ConfigurationTest {
    private static final Path TEMPLATE = Path.of("haproxy.cfg.j2");

    @TempDir
    private Path folder;

    @Test
    void haproxyAcceptsItWithoutAWarning() throws IOException {
        for (String turn : List.of("", "127.0.0.1:5349")) {
            InetAddress address = Loopback.nextAddress();
            try (FakeShard first = new FakeShard(1, "here", address);
                    FakeShard second = new FakeShard(2, "there", address);
                    Upstream other = Upstream.named("other", address)) {
                Setup setup = new Setup(folder, "haproxy-1", Loopback.next())
                        .shards(first, second)
                        .portal("portal-1", other, other)
                        .portal("portal-2", other, other)
                        .bridge("bridge-1", other)
                        .with("turn_address", turn)
                        .with("run_user", "haproxy");
                new Setup(folder, "haproxy-2", Loopback.next()).peerOf(setup);
                Path file = folder.resolve("haproxy.cfg");
                Files.writeString(file, setup.render());
                Files.writeString(folder.resolve("haproxy-1.state"), "1\n");

                Commands.Outcome outcome = Commands.attempt("haproxy", "-c", "-f", file.toString());

                assertThat(outcome.status()).as(outcome.output()).isZero();
                assertThat(outcome.output()).doesNotContain("WARNING").doesNotContain("ALERT");
            }
        }
    }

    /** The comment is what the launcher's and Ansible's authors read. */
    @Test
    void theCommentListsExactlyTheVariablesThatAreUsed() throws IOException {
        String template = Files.readString(TEMPLATE);
        int end = template.indexOf("#}");
        Set<String> listed = found("(?m)^haproxy\\.([a-z_]+) ", template.substring(0, end));
        Set<String> used = found("\\{[{%][^}]*haproxy\\.([a-z_]+)", template.substring(end));

        assertThat(used).isEqualTo(listed).hasSizeGreaterThan(20);
    }

    @Test
    void noAddressOfTheNetworkServesStatisticsOrAdministration() throws IOException {
        String template = Files.readString(TEMPLATE);

        assertThat(found("(?m)^ *(stats socket .*)$", template)).hasSize(1);
        assertThat(template)
                .doesNotContain("stats enable")
                .doesNotContain("stats uri")
                .doesNotContain("prometheus");
    }

    @Test
    void aTemplateWithForElseAndNotIsRendered() {
        String text = "{# no #}\na\n{% for x in l.xs %}\n{% if x.b %}\n+{{ x.b }}\n{% else %}\n-{% endif %}\n";
        String good = "{# no #}\na\n{% for x in l.xs %}\n{% if x.b %}\n+{{ x.b }}\n{% else %}\n-\n{% endif %}\n"
                + "{% endfor %}\n{% if not l.n %}\nn\n{% endif %}";
        Map<String, Object> values =
                Map.of("l", Map.of("n", "", "xs", List.of(Map.of("b", "1"), Map.of("b", ""), Map.of("b", "2"))));

        assertThat(Template.render(good, values)).isEqualTo("a\n+1\n-\n+2\nn\n");
        assertThatThrownBy(() -> Template.render(text, values)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Template.render("{{ l.m }}", values)).hasMessage("no value for l.m");
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
