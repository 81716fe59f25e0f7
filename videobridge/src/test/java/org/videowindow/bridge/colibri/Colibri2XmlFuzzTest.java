package org.videowindow.bridge.colibri;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.videowindow.bridge.conference.Conference;

/** Any content of a COLIBRI2 request: what can be read is answered, and nothing is left half done. */
class Colibri2XmlFuzzTest {
    static {
        // Providers are registered before the first stanza is read.
        Stanzas.resource("create.xml");
    }

    @FuzzTest(maxDuration = "5s")
    void anyRequestIsAnswered(byte[] data) {
        String content = new String(data, StandardCharsets.UTF_8);
        Stanza stanza;
        try {
            stanza = PacketParserUtils.parseStanza("<iq xmlns='jabber:client' type='get' id='1'"
                    + " from='brewery@conference.shard.test/focus' to='bridge@shard.test/b'>"
                    + "<conference-modify xmlns='jitsi:colibri2' meeting-id='m' create='true'>" + content
                    + "</conference-modify></iq>");
        } catch (Exception e) {
            // What cannot be read never gets to the handler.
            return;
        }
        if (stanza instanceof ConferenceModifyIQ request) {
            MemoryConferences conferences = new MemoryConferences();
            Colibri2Handler handler = new Colibri2Handler(
                    conferences, new ChannelAddress("wss://x", "b"), new Admission(), new ColibriCounters());
            IQ answer = handler.handle(request);
            if (answer.toXML().length() == 0) {
                throw new AssertionError("an empty answer");
            }
            if (answer.getType() == IQ.Type.error && !conferences.list().isEmpty()) {
                throw new AssertionError("refused, but a conference is left");
            }
            conferences.list().forEach(Conference::expire);
        }
    }
}
