package org.videowindow.shard.room;

import org.xmpp.packet.PacketError;

/** What becomes of a stanza. */
public sealed interface Verdict {
    /** It goes on as it is. */
    Verdict PASS = new Pass();

    /** It goes on. */
    record Pass() implements Verdict {}

    /**
     * It is answered with an error.
     *
     * @param reason for metrics: lower case, from a fixed set
     * @param condition of RFC 6120, 8.3.3
     * @param type what the sender may do about it
     * @param text sentence for people; some of them are read by clients (see {@link Rules})
     */
    record Refuse(String reason, PacketError.Condition condition, PacketError.Type type, String text)
            implements Verdict {}

    /**
     * It is thrown away without an answer: it is an error or a result itself, or not worth one.
     *
     * @param reason for metrics
     */
    record Drop(String reason) implements Verdict {}

    /** An error of type cancel with condition not-allowed. */
    static Verdict notAllowed(String reason, String text) {
        return new Refuse(reason, PacketError.Condition.not_allowed, PacketError.Type.cancel, text);
    }

    /** An error of type auth with condition forbidden. */
    static Verdict forbidden(String reason, String text) {
        return new Refuse(reason, PacketError.Condition.forbidden, PacketError.Type.auth, text);
    }
}
