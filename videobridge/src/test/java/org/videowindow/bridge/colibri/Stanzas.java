package org.videowindow.bridge.colibri;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.videowindow.bridge.colibri.xmpp.SmackLibrary;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Stanzas as text and as objects, for tests. */
public final class Stanzas {
    static {
        SmackLibrary.prepare("test");
    }

    private Stanzas() {}

    /** A stanza of {@code /colibri} in the test resources. */
    public static String resource(String name) {
        try (InputStream in = Stanzas.class.getResourceAsStream("/colibri/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a COLIBRI2 request as Smack does. */
    public static ConferenceModifyIQ read(String xml) {
        try {
            return (ConferenceModifyIQ) PacketParserUtils.<Stanza>parseStanza(xml);
        } catch (Exception e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    public static String write(Stanza stanza) {
        return stanza.toXML().toString();
    }

    /** The same text for the same structure: attributes sorted, prefixes and space between elements left out. */
    public static String canonical(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            StringBuilder out = new StringBuilder();
            write(
                    factory.newDocumentBuilder()
                            .parse(new InputSource(new StringReader(xml)))
                            .getDocumentElement(),
                    "",
                    out);
            return out.toString();
        } catch (Exception e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    private static void write(Element element, String indent, StringBuilder out) {
        TreeMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (!attribute.getNodeName().startsWith("xmlns")) {
                attributes.put(attribute.getNodeName(), attribute.getNodeValue());
            }
        }
        out.append(indent)
                .append('{')
                .append(element.getNamespaceURI())
                .append('}')
                .append(element.getLocalName())
                .append(attributes)
                .append('\n');
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                write(inner, indent + " ", out);
            } else if (!child.getTextContent().isBlank()) {
                out.append(indent)
                        .append(' ')
                        .append(child.getTextContent().strip())
                        .append('\n');
            }
        }
    }
}
