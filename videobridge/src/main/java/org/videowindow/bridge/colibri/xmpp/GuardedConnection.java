package org.videowindow.bridge.colibri.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.UnparsedIQ;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.ParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;
import org.videowindow.bridge.colibri.ColibriCounters;

/**
 * A connection that no single stanza can end. Smack closes on a stanza its providers cannot read, its reader dies
 * silently of what they throw unchecked, deep nesting included, and its answer to a request nobody has a provider for
 * breaks off half written, so that the server takes everything after it for a part of it. Here a stanza that cannot be
 * read is skipped to its end and counted, and requests of both kinds are answered with an error that repeats nothing.
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
                try {
                    refuse(id, JidCreate.from(from), StanzaError.Condition.bad_request);
                } catch (XmppStringprepException e) {
                    // An address that is none cannot be answered.
                }
            }
        }
    }

    @Override
    protected void processStanza(Stanza stanza) throws InterruptedException {
        if (stanza instanceof UnparsedIQ unknown && unknown.isRequestIQ()) {
            refuse(unknown.getStanzaId(), unknown.getFrom(), StanzaError.Condition.service_unavailable);
        } else {
            super.processStanza(stanza);
        }
    }

    private void refuse(String id, Jid to, StanzaError.Condition condition) throws InterruptedException {
        try {
            sendStanza(new Refusal(id, to, condition));
        } catch (NotConnectedException e) {
            // Nobody there to answer.
        }
    }

    /** An error that does not repeat the request. */
    private static final class Refusal extends IQ {
        Refusal(String id, Jid to, StanzaError.Condition condition) {
            super((String) null, null);
            setType(Type.error);
            setStanzaId(id);
            setTo(to);
            setError(StanzaError.getBuilder(condition).build());
        }

        @Override
        protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
            return null;
        }
    }
}
