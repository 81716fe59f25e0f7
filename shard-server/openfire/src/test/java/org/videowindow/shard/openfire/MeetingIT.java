package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import org.dom4j.Element;
import org.junit.jupiter.api.Test;

/** The focus makes a room; clients with tokens meet it and each other there. */
class MeetingIT {
    private final ShardProcess shard = ShardProcess.get();

    @Test
    void clientsAndFocusMeetInARoom() throws Exception {
        String room = "meeting";
        try (SmackFocus focus = SmackFocus.focus(shard)) {
            focus.create(room);
            Portal.Ticket owner = shard.portal.owner(room, "Olga");
            Portal.Ticket member = shard.portal.member(room, "Marc");
            try (Browser first = Browser.connect(shard, owner);
                    Browser second = Browser.connect(shard, member)) {
                Element self = first.join(room, owner.nick(), "<SourceInfo>{}</SourceInfo>");
                assertThat(self.asXML()).contains("role=\"moderator\"").contains("110");
                Element other = second.join(room, member.nick(), "");
                assertThat(other.asXML()).contains("role=\"participant\"");
            }
        }
    }
}
