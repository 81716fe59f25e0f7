package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsWhatThePartsAnswer() {
        Object read =
                Json.read("{\"a\": [1, -2.5e1, true, false, null, {}], \"b\\u00e9\" : \"x\\\"\\\\\\n\\/\", \"c\":[]}");
        assertThat(Json.list(read, "a")).isEqualTo(java.util.Arrays.asList(1.0, -25.0, true, false, null, Map.of()));
        assertThat(Json.text(read, "bé")).isEqualTo("x\"\\\n/");
        assertThat(Json.at(read, "c")).isEqualTo(List.of());
        assertThat(Json.text(read, "a", 9)).isEmpty();
        assertThat(Json.text(read, "nobody", "there")).isEmpty();
    }

    @Test
    void whatItQuotesItReads() {
        String text = "line\n\"quoted\" back\\slash é \u0001";
        assertThat(Json.read(Json.quoted(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{\"a\" 1}", "{1: 2}", "[1] 2", "\"open", "{\"a\":}", "nobody", "[1 2]"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }
}
