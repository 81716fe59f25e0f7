package org.videowindow.shard.token;

/** A token was not taken. Carries no part of the token, since it would end up in logs. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    TokenRefusedException(Refusal reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
