package org.videowindow.portal.audit;

import java.util.Locale;

/** What an entry of the audit log is about. The words are kept in databases: none is ever renamed. */
public enum AuditKind {
    SIGN_UP,
    SIGN_IN,
    SIGN_IN_FAILED,
    SIGN_OUT,
    /** A refresh token that was used before came again: somebody has a copy. Its sessions have ended. */
    SESSION_REUSED,
    /** Another provider's identity signs in to the account from now on. */
    IDENTITY_LINKED,
    PASSWORD_CHANGED,
    PASSWORD_RESET_REQUESTED,
    PASSWORD_RESET,
    NAME_CHANGED,
    EMAIL_CHANGED,
    EMAIL_VERIFIED,
    ADMINISTRATOR_GRANTED,
    ADMINISTRATOR_REVOKED,
    /** Detail: the meeting. */
    MODERATOR_GRANTED,
    /** Detail: the meeting. */
    MODERATOR_REVOKED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_DELETED,
    DATA_EXPORTED,
    /** Detail: the meeting. */
    MEETING_DELETED,
    /** Detail: the new key's id. */
    KEY_ROTATED;

    /** The word in database and API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
