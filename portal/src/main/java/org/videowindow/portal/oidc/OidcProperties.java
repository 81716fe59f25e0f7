package org.videowindow.portal.oidc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.oidc}.
 *
 * @param providers where people may sign in beside the portal itself
 */
public record OidcProperties(@DefaultValue List<OidcProviderProperties> providers) {
    public OidcProperties {
        providers = List.copyOf(providers);
        Set<String> ids = new HashSet<>();
        for (OidcProviderProperties provider : providers) {
            if (!ids.add(provider.id())) {
                throw new IllegalArgumentException("portal.oidc.providers names the id '" + provider.id() + "' twice");
            }
        }
    }
}
