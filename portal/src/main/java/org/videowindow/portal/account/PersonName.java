package org.videowindow.portal.account;

import java.text.Normalizer;
import java.util.Optional;

/**
 * Names that people give to themselves and their meetings. What others see of them must be one line that cannot
 * pretend to be something else: control characters, direction overrides and unassigned code points are refused, runs
 * of spaces become one.
 */
public final class PersonName {
    private static final int ZERO_WIDTH_JOINER = 0x200D; // Joins the parts of many emoji.

    private PersonName() {}

    /**
     * The name in the form it is kept in.
     *
     * @param most largest number of code points
     * @return empty when the text is empty, too long or has characters that no name has
     */
    public static Optional<String> parse(String text, int most) {
        if (text.length() > 4 * most) {
            return Optional.empty();
        }
        String name = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("[\\p{Zs}\\t]+", " ")
                .strip();
        long letters = name.codePointCount(0, name.length());
        boolean visible = name.codePoints().anyMatch(c -> c != ' ' && c != ZERO_WIDTH_JOINER);
        return letters >= 1 && letters <= most && visible && name.codePoints().allMatch(PersonName::harmless)
                ? Optional.of(name)
                : Optional.empty();
    }

    private static boolean harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER || isEmojiTag(codePoint);
            default -> true;
        };
    }

    /** Tags spell the flags of England, Scotland and Wales. */
    private static boolean isEmojiTag(int codePoint) {
        return codePoint >= 0xE0020 && codePoint <= 0xE007F;
    }
}
