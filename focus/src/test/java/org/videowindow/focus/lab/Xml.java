package org.videowindow.focus.lab;

import java.io.IOException;
import java.io.StringReader;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.videowindow.focus.xml.ParserLimits;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xml.XmlReader;

/** XML text to elements, by the reader that reads the real stream. */
public final class Xml {
    /** Limits as in the reference configuration. */
    public static final XmlReader.Limits LIMITS = new XmlReader.Limits(20_000, 32, 1_000_000);

    static {
        ParserLimits.lift();
    }

    private Xml() {}

    /** Reads a stanza as it stands in a client's stream. */
    public static XmlReader.Reading readStanza(String text) {
        try {
            XmlPullParser parser = stream("<stream xmlns='jabber:client'>" + text + "</stream>");
            parser.next();
            return XmlReader.read(parser, LIMITS);
        } catch (Exception e) {
            throw new IllegalArgumentException("not XML: " + text, e);
        }
    }

    /** A parser that stands at the start of the stream, as the parser of the link does. */
    public static XmlPullParser stream(String text) throws XmlPullParserException, IOException {
        return PacketParserUtils.getParserFor(new StringReader(text));
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
