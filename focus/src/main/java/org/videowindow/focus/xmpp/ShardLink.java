package org.videowindow.focus.xmpp;

import org.videowindow.focus.xml.XmlElement;

/**
 * The focus's way to its shard: stanzas out. Stanzas in go to a {@link Listener}.
 *
 * <p>Any thread may send. What is sent while the link is down is lost; whoever sent it hears of that by
 * {@link Listener#down}.
 */
public interface ShardLink {
    /** Queues a stanza; never waits. */
    void send(XmlElement stanza);

    /** Why the link is down, as far as that is known. Any thread. */
    default LinkTrouble trouble() {
        return LinkTrouble.NONE;
    }

    /** Hears what comes from the shard, one call at a time, in the order of arrival. Must not wait. */
    interface Listener {
        /** The focus is signed in. */
        void up();

        /** The link is gone; nothing sent or asked before can be relied on. */
        void down();

        /**
         * A stanza came.
         *
         * @param stanza the stanza
         * @param complete false when it was over a limit: then only its name and attributes are there
         */
        void stanza(XmlElement stanza, boolean complete);
    }
}
