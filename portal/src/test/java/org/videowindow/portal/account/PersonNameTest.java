package org.videowindow.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {
    @ParameterizedTest
    @CsvSource({
        "Ada, Ada",
        "'  Ada   Lovelace ', Ada Lovelace",
        "'Ada\u00a0\tLovelace', Ada Lovelace",
        "A\u0308da, \u00c4da",
        "Zoë 👩‍💻, Zoë 👩‍💻",
        "<b>Ada</b>, <b>Ada</b>",
        "李明, 李明"
    })
    void isKeptAsOneLine(String typed, String kept) {
        assertThat(PersonName.parse(typed, 60)).contains(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u200d",
                "a\nb",
                "a\rb",
                "a\u0000b",
                "a\u0007b",
                "\u202eadA",
                "a\u2066b",
                "a\u200bb",
                "a\u2028b",
                "a\ufeffb",
                "a\ud800b",
                "a\ue000b",
                "a\uffffb"
            })
    void isRefusedWhenItCouldPretend(String typed) {
        assertThat(PersonName.parse(typed, 60)).isEmpty();
    }

    @Test
    void isMeasuredInCodePoints() {
        assertThat(PersonName.parse("🦊".repeat(60), 60)).isPresent();
        assertThat(PersonName.parse("🦊".repeat(61), 60)).isEmpty();
        assertThat(PersonName.parse("x".repeat(1_000_000), 60)).isEmpty();
    }
}
