package org.videowindow.portal.oidc;

import java.io.Serial;

/** Ends a sign-in at a provider. The browser goes back to the sign-in page with the reason's code. */
final class OidcFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why; the codes are a stable promise to pages. */
    enum Reason {
        /** The provider does not answer. */
        UNAVAILABLE("oidc-unavailable"),
        /** The provider, or the person there, did not want to. */
        REFUSED("oidc-refused"),
        /** What came back is not the answer to what was asked. */
        FAILED("oidc-failed"),
        /** The provider does not vouch for the person's address. */
        EMAIL_NOT_VERIFIED("oidc-email-not-verified"),
        /** There is an account with the address, and nobody has shown yet that the address is theirs. */
        EMAIL_TAKEN("oidc-email-taken"),
        /** The address is of none of the provider's domains. */
        EMAIL_NOT_ALLOWED("oidc-email-not-allowed");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    private final Reason reason;

    OidcFailure(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
