package org.videowindow.portal.problem;

import org.springframework.http.HttpStatus;

/**
 * Every reason for which the API refuses a request. The code is a stable promise to programs: it is never renamed; the
 * sentence is for people and may change.
 */
public enum ProblemCode {
    MALFORMED(HttpStatus.BAD_REQUEST, "malformed", "The request could not be read."),
    SIGN_IN_REQUIRED(HttpStatus.UNAUTHORIZED, "sign-in-required", "Please sign in first."),
    ACCESS_EXPIRED(
            HttpStatus.UNAUTHORIZED,
            "access-expired",
            "The access token has expired; ask /api/v1/session/refresh for a new one."),
    SESSION_ENDED(HttpStatus.UNAUTHORIZED, "session-ended", "Your session has ended; please sign in again."),
    WRONG_CREDENTIALS(HttpStatus.UNAUTHORIZED, "wrong-credentials", "E-mail address or password is wrong."),
    CSRF(
            HttpStatus.FORBIDDEN,
            "csrf",
            "The X-XSRF-TOKEN header does not match the XSRF-TOKEN cookie; fetch /api/v1/session and try again."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "forbidden", "This is not allowed."),
    NOT_OWNER(HttpStatus.FORBIDDEN, "not-owner", "Only the owner of the meeting may do this."),
    GUESTS_NOT_ALLOWED(
            HttpStatus.FORBIDDEN, "guests-not-allowed", "This meeting does not admit guests; please sign in first."),
    NOT_ADMINISTRATOR(HttpStatus.FORBIDDEN, "not-administrator", "Only administrators may do this."),
    ACCOUNT_DISABLED(
            HttpStatus.FORBIDDEN, "account-disabled", "This account is disabled; please ask your administrator."),
    SIGN_UP_CLOSED(
            HttpStatus.FORBIDDEN, "sign-up-closed", "Accounts are not made here; please ask your administrator."),
    WRONG_PASSWORD(HttpStatus.FORBIDDEN, "wrong-password", "The password is wrong."),
    SIGN_IN_AGAIN(HttpStatus.FORBIDDEN, "sign-in-again", "Please sign in again first: this needs a fresh sign-in."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address."),
    NO_SUCH_MEETING(HttpStatus.NOT_FOUND, "no-such-meeting", "There is no such meeting; please check the link."),
    NO_SUCH_ACCOUNT(HttpStatus.NOT_FOUND, "no-such-account", "Nobody has signed up with this e-mail address."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "This address does not know that method."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "The answer is only available as JSON."),
    EMAIL_TAKEN(HttpStatus.CONFLICT, "email-taken", "Somebody has already signed up with this e-mail address."),
    NO_PASSWORD(HttpStatus.CONFLICT, "no-password", "This account signs in at a provider and has no password here."),
    LAST_ADMINISTRATOR(
            HttpStatus.CONFLICT,
            "last-administrator",
            "There must be an administrator; please make somebody else one first."),
    TOO_MANY_MEETINGS(
            HttpStatus.CONFLICT, "too-many-meetings", "You have as many meetings as you may; please delete one first."),
    TOO_MANY_MODERATORS(
            HttpStatus.CONFLICT, "too-many-moderators", "The meeting has as many moderators as it may have."),
    LINK_EXPIRED(HttpStatus.GONE, "link-expired", "This link was used before or is too old; please ask for a new one."),
    CHANGED_MEANWHILE(
            HttpStatus.PRECONDITION_FAILED,
            "changed-meanwhile",
            "Somebody else has changed this meanwhile; please load it again."),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "too-large", "The request is too large."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The request must be application/json."),
    INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", "Please correct the marked fields."),
    TOO_MANY_REQUESTS(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            "Too many attempts; please wait a little and try again."),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side; please try again."),
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "busy", "The server is busy; please try again in a moment."),
    DATABASE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "database-unavailable",
            "The server cannot reach its database at the moment; please try again in a moment."),
    MAIL_NOT_CONFIGURED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "mail-not-configured",
            "This portal sends no mail; please ask your administrator."),
    NO_SHARD(
            HttpStatus.SERVICE_UNAVAILABLE,
            "no-shard",
            "No conference server is ready at the moment; please try again in a moment.");

    private final HttpStatus status;
    private final String code;
    private final String sentence;

    ProblemCode(HttpStatus status, String code, String sentence) {
        this.status = status;
        this.code = code;
        this.sentence = sentence;
    }

    /** The HTTP status that goes with the code. */
    public HttpStatus status() {
        return status;
    }

    /** The stable machine-readable code. */
    public String code() {
        return code;
    }

    /** The sentence for people, where the thrower has nothing more exact. */
    public String sentence() {
        return sentence;
    }
}
