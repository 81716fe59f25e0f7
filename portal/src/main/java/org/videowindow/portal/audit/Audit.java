package org.videowindow.portal.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: who signed in and who changed whose rights. Joins the transaction of the caller, so that a change and
 * its entry are kept or lost together; without one it makes its own. The client's network is added by itself on threads
 * that answer a request.
 */
public interface Audit {
    /**
     * Adds an entry.
     *
     * @param account the account that it happened to; null where there is none, as with an unknown address
     * @param actor the account that did it; null for nobody signed in, or the portal itself
     * @param detail an id or word that says what exactly, at most {@value #LONGEST_DETAIL} characters; never a name, an
     *     e-mail address or a secret
     */
    void record(AuditKind kind, @Nullable UUID account, @Nullable UUID actor, String detail);

    /** Adds an entry that needs no detail. */
    default void record(AuditKind kind, @Nullable UUID account, @Nullable UUID actor) {
        record(kind, account, actor, "");
    }

    /** More is cut off. */
    int LONGEST_DETAIL = 200;
}
