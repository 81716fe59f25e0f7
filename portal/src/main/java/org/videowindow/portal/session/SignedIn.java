package org.videowindow.portal.session;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * The signed-in person of a request, as controllers get it. Comes from the session only.
 *
 * @param sessionId the session that the request belongs to
 * @param signedInAt when the person proved last who they are; refreshing a session does not change it
 */
public record SignedIn(UUID accountId, UUID sessionId, Instant signedInAt) implements Serializable {
    @Serial
    private static final long serialVersionUID = 2L;
}
