package org.videowindow.portal.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a new password must be: long enough, not built from the person's own data and not one of those that everybody
 * tries first. No rules about kinds of characters: they make passwords worse (NIST SP 800-63B, 3.1.1.2).
 */
final class PasswordRules {
    static final int MOST = 200;

    private static final Set<String> TRIED_FIRST = Set.of(
            "password",
            "passwort",
            "letmein",
            "welcome",
            "iloveyou",
            "administrator",
            "changeme",
            "qwertyuiop",
            "qwertzuiop",
            "asdfghjkl",
            "football",
            "baseball",
            "superman",
            "princess",
            "sunshine",
            "monkey",
            "dragon",
            "master",
            "trustno",
            "videowindow");

    private PasswordRules() {}

    /** The sentence that says what is wrong; empty when nothing is. */
    static Optional<String> objection(String password, String email, int least) {
        int length = password.codePointCount(0, password.length());
        if (length < least) {
            return Optional.of("A password needs at least " + least + " characters.");
        }
        if (length > MOST) {
            return Optional.of("A password has at most " + MOST + " characters.");
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (password.codePoints().distinct().count() < 4) {
            return Optional.of("Please use more different characters.");
        }
        if (!email.isEmpty() && (lower.contains(email) || email.contains(lower))) {
            return Optional.of("Please do not use your e-mail address.");
        }
        String letters = lower.replaceAll("[^\\p{L}]", "");
        if (TRIED_FIRST.contains(letters) || isRun(lower)) {
            return Optional.of("This password is among those that are tried first; please choose another.");
        }
        return Optional.empty();
    }

    /** The same characters typed on another system are the same password. */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /** 1234567890, abcdefghij and the like, wrapping from 9 to 0. */
    private static boolean isRun(String text) {
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            boolean wraps = text.charAt(i - 1) == '9' && text.charAt(i) == '0';
            if (step != 1 && !wraps) {
                return false;
            }
        }
        return true;
    }
}
