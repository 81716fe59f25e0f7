package org.videowindow.focus.jingle;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;
import java.util.Set;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.videowindow.focus.lab.Xml;
import org.videowindow.focus.source.ConferenceSources;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceRemoval;
import org.videowindow.focus.source.SourceRules;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xml.XmlReader;

/**
 * From a client's bytes to the map of sources: whatever they are, nothing is thrown once they are XML, and what is taken
 * keeps the rules.
 */
class ClientJingleFuzzTest {
    private static final XmlReader.Limits LIMITS = new XmlReader.Limits(500, 12, 20_000);
    private static final String[] PARTS = {
        "<content name='audio'>",
        "<content name='video'>",
        "</content>",
        "<transport xmlns='urn:xmpp:jingle:transports:" + "ice-udp:1' ufrag='q8q2' pwd='H1arX4wvn9pcQGrL2UMUnR0I'>",
        "</transport>",
        "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>",
        "<description xmlns='urn:xmpp:jingle:apps:rtp:1'" + " media='audio'>",
        "</description>",
        "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='7' name='543c9563-v0'>",
        "</source>",
        "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='8' name='543c9563-v0'>",
        "<parameter name='msid' value='a b'/>",
        "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'>",
        "</ssrc-group>",
        "<source ssrc='7'/><source ssrc='8'/>",
        "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0'"
                + " setup='active' hash='sha-256'>79:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80:63:4C:D3:24:AC:94:AD:3E:"
                + "B5:73:33:78:6F:FB:4D:1C</fingerprint>"
    };

    @FuzzTest(maxDuration = "8s")
    void clientJingle(FuzzedDataProvider data) {
        StringBuilder inside = new StringBuilder();
        while (data.remainingBytes() > 0 && inside.length() < 30_000) {
            inside.append(data.consumeBoolean() ? data.pickValue(PARTS) : data.consumeString(20));
        }
        XmlElement jingle =
                parse("<jingle xmlns='urn:xmpp:jingle:1' action='source-add' sid='s'>" + inside + "</jingle>");
        if (jingle == null) {
            return;
        }
        JingleRequest request = JingleRequest.of(jingle);
        request.reason();
        request.bridgeSession();
        ConferenceSources sources = new ConferenceSources(new SourceRules(20, 20));
        if (request.sources(20) instanceof Reading.Good<EndpointSources>(var set)) {
            take(sources, set);
        }
        if (request.accept(20) instanceof Reading.Good<JingleRequest.Accept>(var accept)) {
            take(sources, accept.sources());
            accept.transport().toXml();
        }
        if (request.removal(20) instanceof Reading.Good<SourceRemoval>(var removal)) {
            sources.remove("543c9563", removal);
        }
    }

    private static void take(ConferenceSources sources, EndpointSources set) {
        EndpointSources before = sources.of("543c9563");
        if (sources.add("543c9563", set).isPresent()) {
            check(sources.of("543c9563").equals(before), "a refusal left a trace");
            return;
        }
        Set<Long> ssrcs = new HashSet<>();
        for (Source source : sources.of("543c9563").sources()) {
            check(source.name().matches("543c9563-[av][0-9]{1,2}"), "a name of somebody else");
            check(source.msid().matches("\\S+( \\S+)?"), "an msid with lines in it");
            check(source.ssrc() > 0 && source.ssrc() < 1L << 32, "an SSRC of more than 32 bits");
            check(ssrcs.add(source.ssrc()), "an SSRC twice");
        }
        check(ssrcs.size() <= 20, "more than the cap");
        check(ssrcs.containsAll(sources.of("543c9563").withoutSimulcast().ssrcs()), "shown and not sent");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** The element, or null where the text is no XML: that is the parser's matter and ends the stream. */
    private static XmlElement parse(String text) {
        XmlPullParser parser;
        try {
            parser = Xml.stream("<stream xmlns='jabber:client'>" + text + "</stream>");
            parser.next();
            XmlReader.Reading reading = XmlReader.read(parser, LIMITS);
            return reading.complete() ? reading.element() : null;
        } catch (org.jivesoftware.smack.xml.XmlPullParserException | java.io.IOException e) {
            return null;
        }
    }
}
