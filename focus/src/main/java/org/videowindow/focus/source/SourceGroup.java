package org.videowindow.focus.source;

import java.util.List;
import java.util.Optional;

/**
 * Streams that belong together (RFC 5576 section 4.2).
 *
 * @param semantics why
 * @param kind audio or video
 * @param ssrcs in the order that the semantics define
 */
public record SourceGroup(Semantics semantics, MediaKind kind, List<Long> ssrcs) {
    /** Why streams belong together. */
    public enum Semantics {
        /** A stream and its retransmissions (RFC 4588). */
        FID,
        /** The same picture in several sizes, smallest first. */
        SIM;

        /** The semantics of that name. */
        public static Optional<Semantics> of(String name) {
            return switch (name) {
                case "FID" -> Optional.of(FID);
                case "SIM" -> Optional.of(SIM);
                default -> Optional.empty();
            };
        }
    }

    /** Copies the list. */
    public SourceGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
