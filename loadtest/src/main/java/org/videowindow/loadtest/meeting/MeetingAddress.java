package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a meeting is.
 *
 * @param portal address of the portal, without a slash at its end
 * @param room code of the meeting
 */
public record MeetingAddress(URI portal, String room) {
    private static final Pattern LINK =
            Pattern.compile("(https?://[^/?#]+)/j/([a-z0-9-]{1,64})/?(?:[?#].*)?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads a link as people send it to each other, for example {@code https://meet.example.org/j/abcd-efgh-ijk}.
     *
     * @throws IOException when it is none, in one sentence
     */
    public static MeetingAddress read(String link) throws IOException {
        Matcher parts = LINK.matcher(link.strip());
        if (!parts.matches()) {
            throw new IOException(
                    "\"" + link + "\" is not the link of a meeting, such as https://host/j/abcd-efgh-ijk.");
        }
        return new MeetingAddress(URI.create(parts.group(1)), parts.group(2).toLowerCase(java.util.Locale.ROOT));
    }
}
