package org.videowindow.portal.session;

import java.time.Instant;
import java.util.UUID;

/**
 * What a client gets when it signs in and each time it refreshes.
 *
 * @param access goes with every request
 * @param accessExpiresAt from when on the access token is refused
 * @param refresh buys the next pair, once
 */
public record SessionTokens(UUID accountId, String access, Instant accessExpiresAt, String refresh) {}
