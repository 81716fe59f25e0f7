package org.videowindow.focus.saved;

import java.util.List;
import org.jxmpp.jid.EntityBareJid;

/** Where notes on conferences are kept. Any thread; calls for one room come one at a time. */
public interface SavedConferences {
    /** Keeps nothing. */
    SavedConferences NONE = new SavedConferences() {
        @Override
        public List<SavedConference> all() {
            return List.of();
        }

        @Override
        public void put(SavedConference conference) {}

        @Override
        public void remove(EntityBareJid room) {}
    };

    /** What an earlier process left; called once, before anything else. */
    List<SavedConference> all();

    /** Replaces the note on this conference. Does not fail: what cannot be kept is as if it had not been noted. */
    void put(SavedConference conference);

    /** Drops the note on this conference. */
    void remove(EntityBareJid room);
}
