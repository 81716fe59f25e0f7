package org.videowindow.portal.session;

import java.io.Serial;
import java.io.Serializable;
import java.util.UUID;

/** The signed-in person of a request, as controllers get it. Comes from the session only. */
public record SignedIn(UUID accountId) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;
}
