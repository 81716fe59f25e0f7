package org.videowindow.shard.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.videowindow.shard.room.Rooms.Occupant;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

/** Who is in which room, and the stanzas that tell it. */
class RoomsTest {
    private static final JID FOCUS = new JID("focus@d.test/focus");
    private static final JID ADA = new JID("ada@d.test/x");

    private final Rooms rooms = new Rooms("focus", 2, () -> Instant.EPOCH);

    @Test
    void roomIsReadyWhileTheFocusIsInIt() {
        assertThat(rooms.ready("r")).isFalse();
        rooms.entered("r", FOCUS, new Occupant("focus", true));
        rooms.entered("r", ADA, new Occupant("ada", false));
        assertThat(rooms.ready("r")).isTrue();
        assertThat(rooms.focus("r")).contains(FOCUS);
        rooms.left("r", FOCUS);
        assertThat(rooms.ready("r")).isFalse();
        assertThat(rooms.inside("r", ADA)).isTrue();
    }

    @Test
    void emptyRoomIsForgotten() {
        rooms.entered("r", ADA, new Occupant("ada", false));
        var first = rooms.find("r").orElseThrow().meetingId();
        rooms.left("r", ADA);
        rooms.left("r", ADA);
        assertThat(rooms.size()).isZero();
        rooms.entered("r", ADA, new Occupant("ada", false));
        assertThat(rooms.find("r").orElseThrow().meetingId()).isNotEqualTo(first);
    }

    @Test
    void roleFollowsTheLastPresence() {
        rooms.entered("r", ADA, new Occupant("ada", false));
        assertThat(rooms.moderatedBy(ADA)).isEmpty();
        rooms.entered("r", ADA, new Occupant("ada", true));
        assertThat(rooms.moderatedBy(ADA)).containsExactly("r");
    }

    @Test
    void endedSessionIsInNoRoom() {
        rooms.entered("r", ADA, new Occupant("ada", false));
        rooms.entered("s", ADA, new Occupant("ada", false));
        assertThat(rooms.of(ADA)).containsExactlyInAnyOrder("r", "s");
        rooms.gone(ADA);
        assertThat(rooms.of(ADA)).isEmpty();
        assertThat(rooms.size()).isZero();
    }

    @Test
    void roomsAreBounded() {
        for (int i = 0; i < 10; i++) {
            rooms.entered("r" + i, ADA, new Occupant("ada", false));
        }
        assertThat(rooms.size()).isEqualTo(2);
    }

    private static Presence presence(String user) {
        return (Presence) RulesTest.parse("<presence from='r@conference.d.test/ada' to='ada@d.test/x'>"
                + "<x xmlns='http://jabber.org/protocol/muc#user'>" + user + "</x></presence>");
    }

    @Test
    void selfPresenceIsRecognised() {
        Presence byAddress = presence("<item jid='ada@d.test/x' role='moderator'/>");
        assertThat(SelfPresence.isSelf(byAddress, ADA, Optional.empty())).isTrue();
        assertThat(SelfPresence.occupant(byAddress)).isEqualTo(new Occupant("ada", true));
        assertThat(SelfPresence.isSelf(presence("<status code='110'/>"), ADA, Optional.empty()))
                .isTrue();
        assertThat(SelfPresence.isSelf(presence("<item/>"), ADA, Optional.of(new Occupant("ADA", false))))
                .isTrue();
        assertThat(SelfPresence.isSelf(presence("<item jid='bob@d.test/x'/>"), ADA, Optional.empty()))
                .isFalse();
        assertThat(SelfPresence.isSelf(
                        presence("<item jid='ada@d.test/x'/>"), ADA, Optional.of(new Occupant("other", false))))
                .isFalse();
    }

    @Test
    void missingStatusIsAddedToACopy() {
        Presence original = presence("<item role='none'/>");
        Presence repaired = SelfPresence.with110(original);
        assertThat(SelfPresence.says110(repaired)).isTrue();
        assertThat(SelfPresence.says110(original)).isFalse();
    }

    @Test
    void formsAreWrittenWithOneAndZero() {
        IQ iq = (IQ) RulesTest.parse("<iq type='set' id='1' to='r@conference.d.test'>"
                + "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='muc#roomconfig_membersonly'><value>true</value></field>"
                + "<field var='muc#roomconfig_publicroom'><value>false</value></field>"
                + "<field var='muc#roomconfig_moderatedroom'><value>1</value></field>"
                + "<field var='muc#roomconfig_roomname'><value>true</value></field>"
                + "<field var='muc#roomconfig_allowinvites'/></x></query></iq>");
        assertThat(RoomForm.submitted(iq)).isTrue();
        RoomForm.repair(iq);
        assertThat(iq.getChildElement().element("x").elements("field"))
                .extracting(field -> field.elementText("value"))
                .containsExactly("1", "0", "1", "true", null);
    }
}
