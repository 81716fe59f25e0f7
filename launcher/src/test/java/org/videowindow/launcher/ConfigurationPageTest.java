package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** docs/configuration.md names every key of every part with its default, and no other. */
class ConfigurationPageTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\| `(.*?)` \\|");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Shard server, shard-server/openfire/src/main/resources/reference.conf",
        "Shard server plugin, shard-server/plugin/src/main/resources/video-window-reference.conf",
        "Focus, focus/src/main/resources/reference.conf",
        "Videobridge, videobridge/src/main/resources/reference.conf",
        "Portal, portal/src/main/resources/application.yaml"
    })
    void thePageListsTheKeysOfTheReferenceConfiguration(String chapter, String reference) throws IOException {
        assertThat(documented(chapter)).isEqualTo(defaults(ROOT.resolve(reference)));
    }

    private static Map<String, String> documented(String chapter) throws IOException {
        String page = Files.readString(ROOT.resolve("docs").resolve("configuration.md"));
        String text =
                page.split("(?m)^## " + Pattern.quote(chapter) + "$", 2)[1].split("(?m)^## ", 2)[0];
        Map<String, String> keys = new TreeMap<>();
        for (MatchResult row : (Iterable<MatchResult>) ROW.matcher(text).results()::iterator) {
            assertThat(keys.put(row.group(1), plain(row.group(2))))
                    .as("%s stands once", row.group(1))
                    .isNull();
        }
        return keys;
    }

    private static Map<String, String> defaults(Path reference) throws IOException {
        String text = Files.readString(reference);
        Map<String, String> keys = new TreeMap<>();
        if (reference.toString().endsWith(".yaml")) {
            collect("portal", new Yaml().<Map<String, Object>>load(text).get("portal"), keys);
        } else {
            // What a reference includes is another chapter's.
            String own = text.replaceAll("(?m)^include .*$", "");
            ConfigFactory.parseString(own)
                    .entrySet()
                    .forEach(entry ->
                            keys.put(entry.getKey(), plain(entry.getValue().render(ConfigRenderOptions.concise()))));
        }
        return keys;
    }

    private static void collect(String prefix, Object value, Map<String, String> keys) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((key, below) -> collect(prefix + "." + key, below, keys));
        } else {
            keys.put(prefix, plain(String.valueOf(value)));
        }
    }

    private static String plain(String value) {
        return value.replaceAll("[\"\\s]", "");
    }
}
