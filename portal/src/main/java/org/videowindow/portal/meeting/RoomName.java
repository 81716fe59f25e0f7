package org.videowindow.portal.meeting;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names of rooms: ten random letters in three groups, such as {@code kzu-wmtq-ahe}. About 47 bits: together with the
 * limit on wrong guesses nobody finds a meeting by trying, and people can still read one out over the telephone.
 */
public final class RoomName {
    private static final Pattern FORM = Pattern.compile("[a-z]{3}-[a-z]{4}-[a-z]{3}");
    private static final int[] GROUPS = {3, 4, 3};

    private RoomName() {}

    /** A new name. The generator has to be a cryptographic one. */
    static String random(RandomGenerator random) {
        StringBuilder name = new StringBuilder(12);
        for (int group : GROUPS) {
            if (!name.isEmpty()) {
                name.append('-');
            }
            for (int i = 0; i < group; i++) {
                name.append((char) ('a' + random.nextInt(26)));
            }
        }
        return name.toString();
    }

    /** The name in lower case, as somebody may have typed it; empty when it cannot be one. */
    public static Optional<String> parse(String text) {
        String name = text.length() > 16 ? "" : text.toLowerCase(Locale.ROOT);
        return FORM.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }
}
