package org.videowindow.portal.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    @Test
    void isRandomAndReadsBackAsItself() {
        Set<String> names = new HashSet<>();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 1000; i++) {
            String name = RoomName.random(random);
            assertThat(RoomName.parse(name)).contains(name);
            names.add(name);
        }
        assertThat(names).hasSize(1000);
    }

    @Test
    void maySpeakInCapitals() {
        assertThat(RoomName.parse("ABC-defg-HIJ")).contains("abc-defg-hij");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "abc",
                "abcdefghij",
                "abc-defg-hij ",
                "abc-defg-hi1",
                "abc-defg-hij/..",
                "brewery",
                "äbc-defg-hij",
                "abc-defg-hij\u0000",
                "' or 1=1 --"
            })
    void isNothingElse(String text) {
        assertThat(RoomName.parse(text)).isEmpty();
    }
}
