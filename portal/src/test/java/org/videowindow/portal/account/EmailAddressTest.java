package org.videowindow.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.org",
        "' Ada@Example.ORG ', ada@example.org",
        "o'neill+video@mail.example.co.uk, o'neill+video@mail.example.co.uk",
        "jörg@müller.example, jörg@müller.example",
        "root@localhost, root@localhost"
    })
    void isKeptWithoutSpacesInLowerCase(String typed, String kept) {
        assertThat(EmailAddress.parse(typed)).contains(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.org",
                "a@b@c",
                "a b@example.org",
                "ada@example..org",
                "ada@.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "<ada@example.org>",
                "ada/x@example.org",
                "\"a\"@example.org"
            })
    void isRefusedWhenItIsNone(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
    }

    @Test
    void hasAtMost254Characters() {
        String domain = ("a".repeat(60) + ".").repeat(3) + "org";
        assertThat(EmailAddress.parse("x".repeat(254 - 1 - domain.length()) + "@" + domain))
                .isEmpty(); // local > 64
        assertThat(EmailAddress.parse("x".repeat(64) + "@" + domain)).isPresent();
        assertThat(EmailAddress.parse("x".repeat(64) + "@" + "b.".repeat(10) + domain))
                .isEmpty();
        assertThat(EmailAddress.parse("a".repeat(100_000))).isEmpty();
    }
}
