package org.videowindow.shard.room;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.StringReader;
import java.util.Map;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;
import org.videowindow.shard.token.Claims;
import org.xml.sax.SAXException;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Any stanza a server would hand to the rules gets a verdict, and no client gets past them into a foreign room. */
class RulesFuzzTest {
    private static final JID CLIENT = new JID("0f8fad5b-d9cb-469f-a165-70867728950e@d.test/x");
    private static final Claims CLAIMS =
            new Claims(CLIENT.getNode(), "mine", new Claims.User("u", "Ada", "", "", true, false), Map.of());
    private static final RoomView OPEN = new RoomView() {
        @Override
        public boolean ready(String room) {
            return true;
        }

        @Override
        public boolean inside(String room, JID occupant) {
            return "mine".equals(room);
        }

        @Override
        public boolean moderator(String room, JID occupant) {
            return "mine".equals(room);
        }
    };

    private final Rules rules = new Rules(new Places("d.test", "focus", "bridge", "brewery"), OPEN);

    @FuzzTest(maxDuration = "5s")
    void everyStanzaGetsAVerdict(FuzzedDataProvider data) {
        String[] names = {"iq", "message", "presence"};
        String[] types = {"", "get", "set", "result", "error", "groupchat", "chat", "unavailable", "subscribe"};
        String[] places = {
            "",
            "d.test",
            "mine@conference.d.test",
            "mine@conference.d.test/focus",
            "other@conference.d.test/0f8fad5b",
            "brewery@conference.d.test",
            "focus@d.test/focus",
            "endconference.d.test",
            "bridge@d.test/b"
        };
        String to = data.consumeBoolean() ? data.pickValue(places) : data.consumeAsciiString(60);
        String type = data.pickValue(types);
        String name = data.pickValue(names);
        String stanza = "<" + name + " id='1'" + attribute("to", to) + attribute("type", type) + ">"
                + data.consumeRemainingAsString() + "</" + name + ">";
        Packet packet = parse(stanza);
        if (packet == null) {
            return;
        }
        Verdict verdict = rules.decide(new Sender.Client(CLAIMS), CLIENT, packet);
        boolean foreign = packet.getTo() != null
                && "conference.d.test".equals(packet.getTo().getDomain())
                && packet.getTo().getNode() != null
                && !"mine".equals(packet.getTo().getNode());
        if (verdict == Verdict.PASS && foreign) {
            throw new AssertionError(stanza);
        }
        if (verdict == Verdict.PASS && packet instanceof Presence presence) {
            ClientPresence.rewrite(presence, CLAIMS);
        }
        if (packet instanceof IQ iq && RoomForm.submitted(iq)) {
            RoomForm.repair(iq);
        }
    }

    private static String attribute(String name, String value) {
        return value.isEmpty() ? "" : " " + name + "='" + value + "'";
    }

    /** The packet as the server makes it, or null where its parser would have refused it. */
    private static Packet parse(String stanza) {
        try {
            SAXReader reader = new SAXReader();
            reader.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element element = reader.read(new StringReader(stanza)).getRootElement();
            return switch (element.getName()) {
                case "iq" -> checked(new IQ(element));
                case "message" -> checked(new Message(element));
                default -> checked(new Presence(element));
            };
        } catch (DocumentException | SAXException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Reading the type throws on unknown ones, as it does in the server before it asks us. */
    private static Packet checked(Packet packet) {
        if (packet instanceof IQ iq) {
            iq.getType();
        } else if (packet instanceof Message message) {
            message.getType();
        } else if (packet instanceof Presence presence) {
            presence.getType();
        }
        return packet;
    }
}
