package org.videowindow.portal.meeting;

import java.util.Locale;

/** What a person is in a meeting. Decided here and nowhere else, from the session and the database. */
public enum Role {
    /** Made the meeting: may do everything. */
    OWNER,
    /** Named by the owner: moderates the call. */
    MODERATOR,
    /** Signed in, and knows the link. */
    MEMBER,
    /** Not signed in, and knows the link. */
    GUEST;

    /** The word in API and token. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the person moderates the call. */
    public boolean moderates() {
        return this == OWNER || this == MODERATOR;
    }
}
