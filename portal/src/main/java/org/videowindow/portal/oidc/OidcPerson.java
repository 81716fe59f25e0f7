package org.videowindow.portal.oidc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.videowindow.portal.account.EmailAddress;

/**
 * Who somebody is at a provider (OpenID Connect Core 1.0, section 5.1).
 *
 * @param subject never changes and is never given to somebody else
 * @param email in the form of {@link EmailAddress}; null when the provider tells none
 * @param emailVerified whether the provider has seen that the address is the person's
 * @param name what the person is called; may be empty
 */
record OidcPerson(String issuer, String subject, @Nullable String email, boolean emailVerified, String name) {
    static OidcPerson of(String issuer, String subject, Map<String, Object> claims) {
        String email = claims.get("email") instanceof String text
                ? EmailAddress.parse(text).orElse(null)
                : null;
        // Some providers write the word in place of the truth value.
        boolean verified = "true".equals(String.valueOf(claims.get("email_verified")));
        String name = claims.get("name") instanceof String text ? text : "";
        return new OidcPerson(issuer, subject, email, verified, name);
    }

    /** The part after the @; empty without an address. */
    Optional<String> emailDomain() {
        return Optional.ofNullable(email)
                .map(text -> text.substring(text.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }
}
