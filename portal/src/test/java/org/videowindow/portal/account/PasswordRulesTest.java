package org.videowindow.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final String EMAIL = "ada.lovelace@example.org";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "too short",
                "aaaaaaaaaaaaaaaa",
                "abababababab",
                "1234567890",
                "12345678901234",
                "abcdefghijkl",
                "password12",
                "qwertyuiop1",
                "changeme!!!!",
                "ada.lovelace@example.org",
                "ADA.LOVELACE@EXAMPLE.ORG!",
                "lovelace@example"
            })
    void whatIsTriedFirstIsRefused(String password) {
        assertThat(PasswordRules.objection(password, EMAIL, 10)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse",
                "Tr0ub4dor&3",
                "пароль для Ады",
                "🐎🔋📎✅🐎🔋📎✅🐎🔋",
                "1029384756",
                "zyxwvutsrq"
            })
    void anythingElseOfSomeLengthWillDo(String password) {
        assertThat(PasswordRules.objection(password, EMAIL, 10)).isEmpty();
    }

    @Test
    void lengthCountsCharactersNotBytes() {
        assertThat(PasswordRules.objection("🐎🔋📎✅🐎", EMAIL, 10)).isPresent();
        assertThat(PasswordRules.objection("abcd".repeat(50), EMAIL, 10)).isEmpty();
        assertThat(PasswordRules.objection("abcd".repeat(50) + "e", EMAIL, 10)).isPresent();
    }

    @Test
    void theSameCharactersTypedElsewhereAreTheSamePassword() {
        assertThat(PasswordRules.normalized("u\u0308ber alles wichtig"))
                .isEqualTo(PasswordRules.normalized("\u00fcber alles wichtig"));
    }
}
