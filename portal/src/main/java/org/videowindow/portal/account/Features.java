package org.videowindow.portal.account;

import java.util.List;
import org.videowindow.portal.PortalProperties;

/**
 * What this portal offers, so that pages show nothing that cannot be.
 *
 * @param mail whether it sends mail: confirming addresses and resetting passwords
 * @param oidc where one may sign in beside the portal
 * @param signUp whether people may make accounts themselves
 */
record Features(boolean mail, List<Provider> oidc, boolean signUp) {
    /** One button. */
    record Provider(String id, String name) {}

    static Features of(PortalProperties properties, boolean signUpOpen) {
        List<Provider> providers = properties.oidc().providers().stream()
                .map(provider -> new Provider(provider.id(), provider.name()))
                .toList();
        return new Features(properties.mail().configured(), providers, signUpOpen);
    }
}
