package org.videowindow.focus.lab;

import java.io.StringReader;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xml.XmlReader;

/** XML text to elements, by the reader that reads the real stream. */
public final class Xml {
    /** Limits as in the reference configuration. */
    public static final XmlReader.Limits LIMITS = new XmlReader.Limits(20_000, 32, 1_000_000);

    private Xml() {}

    /** Reads a stanza as it stands in a client's stream. */
    public static XmlReader.Reading readStanza(String text) {
        try {
            var parser = PacketParserUtils.getParserFor(
                    new StringReader("<stream xmlns='jabber:client'>" + text + "</stream>"));
            parser.next();
            return XmlReader.read(parser, LIMITS);
        } catch (Exception e) {
            throw new IllegalArgumentException("not XML: " + text, e);
        }
    }

    /** Reads a stanza that has to be within the limits. */
    public static XmlElement stanza(String text) {
        XmlReader.Reading reading = readStanza(text);
        if (!reading.complete()) {
            throw new IllegalArgumentException("over the limits");
        }
        return reading.element();
    }

    /** The text of an element as it would stand in a client's stream. */
    public static String text(XmlElement element) {
        StringBuilder out = new StringBuilder();
        element.write(out, "jabber:client");
        return out.toString();
    }
}
