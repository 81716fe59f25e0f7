package org.videowindow.bridge.colibri.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.ParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;
import org.videowindow.bridge.colibri.ColibriCounters;

/**
 * A connection that no single stanza can end. Smack closes on a stanza its providers cannot read, and its reader dies
 * silently of what they throw unchecked, deep nesting included. Here such a stanza is skipped to its end and counted,
 * and a request among them is answered with bad-request.
 */
final class GuardedConnection extends XMPPTCPConnection {
    private final ColibriCounters counters;
    /** Set by the callback below while the reader thread is in the method of the super class. */
    private boolean unreadable;

    GuardedConnection(XMPPTCPConnectionConfiguration configuration, ColibriCounters counters) {
        super(configuration);
        this.counters = counters;
        setUseStreamManagement(false);
        setParsingExceptionCallback(stanza -> unreadable = true);
    }

    @Override
    protected void parseAndProcessStanza(XmlPullParser parser)
            throws XmlPullParserException, IOException, InterruptedException {
        int depth = parser.getDepth();
        String type = parser.getAttributeValue("", "type");
        boolean request = "iq".equals(parser.getName()) && ("get".equals(type) || "set".equals(type));
        String id = parser.getAttributeValue("", "id");
        String from = parser.getAttributeValue("", "from");
        unreadable = false;
        try {
            super.parseAndProcessStanza(parser);
        } catch (RuntimeException | StackOverflowError e) {
            unreadable = true;
            ParserUtils.forwardToEndTagOfDepth(parser, depth);
        }
        if (unreadable) {
            counters.unreadableStanzas.increment();
            if (request && id != null && from != null) {
                refuse(id, from);
            }
        }
    }

    private void refuse(String id, String from) throws InterruptedException {
        try {
            // Stands for the request: its answer needs only the address and the id.
            Ping request = new Ping();
            request.setStanzaId(id);
            request.setFrom(JidCreate.from(from));
            sendStanza(IQ.createErrorResponse(request, StanzaError.Condition.bad_request));
        } catch (NotConnectedException | XmppStringprepException e) {
            // Nobody there to answer.
        }
    }
}
