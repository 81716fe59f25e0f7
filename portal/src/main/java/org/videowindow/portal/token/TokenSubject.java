package org.videowindow.portal.token;

import org.jspecify.annotations.Nullable;
import org.videowindow.portal.meeting.Role;

/**
 * Who a token is for.
 *
 * @param id the account's id; null for a guest, who is known by the token's id only
 * @param email the account's e-mail address, if others may see it
 */
public record TokenSubject(
        @Nullable String id, String name, @Nullable String email, Role role) {}
