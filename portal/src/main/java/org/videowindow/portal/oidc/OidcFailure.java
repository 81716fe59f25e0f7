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
        /** The person did not want to. */
        CANCELLED("oidc-cancelled"),
        /** What came back is not the answer to what was asked. */
        FAILED("oidc-failed"),
        /** The provider, or we, do not know whether the address is the person's. */
        EMAIL_NOT_VERIFIED("email-not-verified"),
        /** The address is of none of the provider's domains. */
        EMAIL_NOT_ALLOWED("email-not-allowed");

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
