package org.videowindow.portal.oidc;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configured providers. Each is asked for its metadata when somebody first wants to sign in there, so that a provider
 * that is away does not keep the portal from starting; after a failure it is asked again with the next sign-in, at most
 * every few seconds.
 */
@Component
final class OidcProviders {
    static final Duration RETRY = Duration.ofSeconds(3);
    private static final Duration READ_AGAIN = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(OidcProviders.class);

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final JsonMapper json;
    private final Clock clock;

    OidcProviders(PortalProperties properties, JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
        for (OidcProviderProperties settings : properties.oidc().providers()) {
            if (settings.clientSecretFile() != null && !Files.isReadable(settings.clientSecretFile())) {
                throw new IllegalArgumentException("portal.oidc.providers[].client-secret-file "
                        + settings.clientSecretFile() + " of provider '" + settings.id() + "' cannot be read");
            }
            providers.put(
                    settings.id(),
                    new Provider(settings, properties.publicOrigin() + "/api/v1/oidc/" + settings.id() + "/callback"));
        }
    }

    /** The provider with an id of the configuration. */
    Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** One provider; its monitor lets one request ask for the metadata while others wait for the answer. */
    final class Provider {
        private final OidcProviderProperties settings;
        private final String callback;
        private @Nullable OidcClient client;
        private @Nullable OidcFailure failure;
        private long askAgainAt;

        private Provider(OidcProviderProperties settings, String callback) {
            this.settings = settings;
            this.callback = callback;
        }

        OidcProviderProperties settings() {
            return settings;
        }

        /** Refuses with {@link OidcFailure.Reason#UNAVAILABLE} while the provider does not tell its metadata. */
        synchronized OidcClient client() {
            long now = System.nanoTime();
            if ((client == null && failure == null) || now - askAgainAt >= 0) {
                try {
                    client = OidcClient.discover(settings, callback, json, clock);
                    failure = null;
                    askAgainAt = now + READ_AGAIN.toNanos();
                } catch (OidcFailure e) {
                    log.warn("The provider {} cannot be used: {}", settings.id(), e.getMessage());
                    failure = e;
                    askAgainAt = System.nanoTime() + RETRY.toNanos();
                }
            }
            if (client == null) {
                throw new OidcFailure(OidcFailure.Reason.UNAVAILABLE, "its metadata cannot be read");
            }
            return client; // After a failure the metadata of before.
        }
    }
}
