package org.videowindow.shard.room;

import org.xmpp.packet.JID;

/** What the rules need to know about rooms. */
public interface RoomView {
    /** Whether the room is there and the focus is in it. */
    boolean ready(String room);

    /** Whether that address is in the room. */
    boolean inside(String room, JID occupant);

    /** Whether that address is in the room with role moderator. */
    boolean moderator(String room, JID occupant);
}
