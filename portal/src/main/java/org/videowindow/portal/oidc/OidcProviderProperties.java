package org.videowindow.portal.oidc;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.videowindow.portal.account.EmailAddress;

/**
 * One entry of {@code portal.oidc.providers}.
 *
 * @param id part of the provider's addresses at the portal, stable: the provider knows the callback address
 * @param name what the button says
 * @param issuer the provider's issuer identifier (OpenID Connect Discovery 1.0, section 3)
 * @param clientId what the provider calls the portal
 * @param clientSecretFile file with the secret that goes with it; null for a public client
 * @param scopes what to ask for
 * @param emailDomains domains of the e-mail addresses that may sign in; empty: all
 */
public record OidcProviderProperties(
        String id,
        @DefaultValue("") String name,
        URI issuer,
        String clientId,
        @Nullable Path clientSecretFile,
        @DefaultValue({"openid", "email", "profile"}) List<String> scopes,
        @DefaultValue List<String> emailDomains) {
    @SuppressWarnings("ConstantValue") // A key that is missing in the file arrives as null.
    public OidcProviderProperties {
        if (id == null || !id.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException(
                    "portal.oidc.providers[].id must have 1 to 32 lower-case letters, digits or dashes");
        }
        if (issuer == null || issuer.getHost() == null || issuer.getRawQuery() != null || !protectedByTls(issuer)) {
            throw new IllegalArgumentException(
                    "portal.oidc.providers[].issuer of provider '" + id + "' must be an https address");
        }
        if (clientId == null || clientId.isBlank()) {
            throw new IllegalArgumentException(
                    "portal.oidc.providers[].client-id of provider '" + id + "' must not be empty");
        }
        scopes = List.copyOf(scopes);
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException(
                    "portal.oidc.providers[].scopes of provider '" + id + "' must contain openid");
        }
        emailDomains = List.copyOf(emailDomains);
        for (String domain : emailDomains) {
            if (EmailAddress.parse("a@" + domain).isEmpty() || !domain.equals(domain.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("portal.oidc.providers[].email-domains of provider '" + id
                        + "' must list domains in lower case such as example.org, but has '" + domain + "'");
            }
        }
        name = name.isBlank() ? id : name;
    }

    /** Secrets and identities travel there: in clear text on this machine only. */
    private static boolean protectedByTls(URI issuer) {
        boolean thisMachine =
                issuer.getHost().equals("localhost") || issuer.getHost().equals("127.0.0.1");
        return "https".equals(issuer.getScheme()) || ("http".equals(issuer.getScheme()) && thisMachine);
    }
}
