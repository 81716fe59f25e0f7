package org.videowindow.portal.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form in which e-mail addresses are kept and compared: without surrounding spaces, in lower case. Whether mail
 * arrives only a mail can tell; the check keeps out what certainly is none (RFC 5321, 4.5.3.1: at most 254 characters).
 */
public final class EmailAddress {
    private static final Pattern FORM =
            Pattern.compile("[\\p{L}\\p{N}.!#$%&'*+=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63})*");

    private EmailAddress() {}

    /** The address in the form it is kept in; empty when it is none. */
    public static Optional<String> parse(String text) {
        String address = text.strip().toLowerCase(Locale.ROOT);
        return address.length() <= 254 && FORM.matcher(address).matches() ? Optional.of(address) : Optional.empty();
    }
}
