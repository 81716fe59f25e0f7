package org.videowindow.portal.oidc;

/**
 * A sign-in that is under way at a provider.
 *
 * @param nonce what the ID token must repeat
 * @param verifier what proves to the token endpoint that we asked (RFC 7636)
 * @param returnPath where the browser goes afterwards
 */
record PendingSignIn(String provider, String browserHash, String nonce, String verifier, String returnPath) {}
