package org.videowindow.portal.oidc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a browser goes after a sign-in: a page of the portal, and never another site, whatever was asked for. */
final class ReturnPath {
    static final String HOME = "/";
    static final int LONGEST = 400;

    /** Two slashes at the beginning, or their disguises, would name another host (WHATWG URL, 4.4). */
    private static final Pattern OWN_PAGE = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

    private ReturnPath() {}

    /** The path to go to; the home page for everything that is not a page of ours. */
    static String of(@Nullable String asked) {
        return asked != null
                        && asked.length() <= LONGEST
                        && OWN_PAGE.matcher(asked).matches()
                        && !asked.startsWith("/api/")
                ? asked
                : HOME;
    }
}
