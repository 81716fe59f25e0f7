package org.videowindow.shard.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.videowindow.shard.token.Claims;
import org.xmpp.packet.Presence;

/** What a client says about itself is replaced by what its token says; the rest is relayed. */
class ClientPresenceTest {
    private static final Claims CLAIMS = new Claims(
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "room",
            new Claims.User("u1", "Ada", "", "https://portal.test/a.png", false, true),
            Map.of("recording", false));

    private static Element rewritten(String children, String type) {
        Presence presence =
                (Presence) RulesTest.parse("<presence xmlns='jabber:client'" + type + ">" + children + "</presence>");
        ClientPresence.rewrite(presence, CLAIMS);
        return presence.getElement();
    }

    @Test
    void claimsTakeThePlaceOfForgeries() {
        Element presence = rewritten(
                "<nick xmlns='http://jabber.org/protocol/nick'>Boss</nick><nick>Boss</nick><email>boss@example.org</email>"
                        + "<avatar-url>http://evil.test/track.png</avatar-url><userId>1</userId>"
                        + "<identity><user><name>Boss</name></user></identity>"
                        + "<permissions xmlns='http://jitsi.org/jitmeet'><p name='recording' val='true'/></permissions>",
                "");
        assertThat(presence.elements("nick")).extracting(Element::getText).containsExactly("Ada");
        assertThat(presence.element("email")).isNull();
        assertThat(presence.element("userId")).isNull();
        assertThat(presence.elements("avatar-url"))
                .extracting(Element::getText)
                .containsExactly("https://portal.test/a.png");
        assertThat(presence.elements("identity")).hasSize(1);
        assertThat(presence.element("identity").element("user").elementText("name"))
                .isEqualTo("Ada");
        Element right = presence.element("permissions").element("p");
        assertThat(right.attributeValue("name")).isEqualTo("recording");
        assertThat(right.attributeValue("val")).isEqualTo("false");
    }

    @Test
    void whatRoomAndFocusSayIsTakenOut() {
        Element presence = rewritten(
                "<x xmlns='http://jabber.org/protocol/muc#user'><item role='moderator'/></x>"
                        + "<conference-properties xmlns='http://jitsi.org/protocol/focus'/>"
                        + "<bridgeNotAvailable xmlns='http://jitsi.org/protocol/focus'/><bot type='jigasi'/>"
                        + "<stats xmlns='http://jitsi.org/protocol/colibri'/><ignore xmlns='http://jitsi.org/jitmeet/'/>",
                "");
        assertThat(presence.elements())
                .extracting(Element::getName)
                .containsExactlyInAnyOrder("nick", "avatar-url", "identity", "permissions");
    }

    @Test
    void everythingElseIsLeftAsItIs() {
        Element presence = rewritten(
                "<x xmlns='http://jabber.org/protocol/muc'><password>p</password></x><SourceInfo>{}</SourceInfo>"
                        + "<stats-id>s</stats-id><c xmlns='http://jabber.org/protocol/caps' ver='v'/>"
                        + "<jitsi_participant_raisedHand>1</jitsi_participant_raisedHand><show>away</show>",
                "");
        assertThat(presence.elements())
                .extracting(Element::getName)
                .startsWith("x", "SourceInfo", "stats-id", "c", "jitsi_participant_raisedHand", "show");
        assertThat(presence.element("x").elementText("password")).isEqualTo("p");
    }

    @Test
    void addedElementsShareTheNamespaceOfThePresence() {
        assertThat(rewritten("", "").element("identity").getNamespaceURI()).isEqualTo("jabber:client");
        assertThat(rewritten("", "").element("identity").element("user").getNamespaceURI())
                .isEqualTo("jabber:client");
    }

    @Test
    void leavingCarriesNothingForged() {
        Element presence =
                rewritten("<nick xmlns='http://jabber.org/protocol/nick'>Boss</nick>", " type='unavailable'");
        assertThat(presence.elements()).isEmpty();
    }
}
