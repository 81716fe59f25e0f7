package org.videowindow.focus.xmpp;

import java.io.IOException;
import java.util.function.Consumer;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.videowindow.focus.xml.XmlReader;

/**
 * Smack's connection until the sign-in is done; from then on every stanza is read by {@link XmlReader} and handed on,
 * and Smack's own readers, which are many and some of which throw, see none of them.
 *
 * <p>Only broken XML ends the stream; nothing that a stanza says does.
 */
final class GuardedConnection extends XMPPTCPConnection {
    private final XmlReader.Limits limits;
    private final Consumer<XmlReader.Reading> stanzas;
    private volatile boolean signedIn;

    /** Prepares a connection whose stanzas go to the given place, on the thread that reads the stream. */
    GuardedConnection(
            XMPPTCPConnectionConfiguration configuration,
            XmlReader.Limits limits,
            Consumer<XmlReader.Reading> stanzas) {
        super(configuration);
        this.limits = limits;
        this.stanzas = stanzas;
        // Smack's stream management can deadlock under heavy two-way traffic; lost state is recovered by re-entering.
        setUseStreamManagement(false);
    }

    @Override
    protected void afterSuccessfulLogin(boolean resumed)
            throws SmackException.NotConnectedException, InterruptedException {
        signedIn = true;
        super.afterSuccessfulLogin(resumed);
    }

    /** Ends the stream in order, without a last presence: by that rooms would take it for a farewell. */
    void finish() {
        shutdown();
    }

    @Override
    protected void parseAndProcessStanza(XmlPullParser parser)
            throws XmlPullParserException, IOException, InterruptedException {
        if (signedIn) {
            stanzas.accept(XmlReader.read(parser, limits));
        } else {
            super.parseAndProcessStanza(parser);
        }
    }
}
