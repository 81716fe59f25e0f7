package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One XML element, as it comes over the WebSocket.
 *
 * @param name local name
 * @param namespace its namespace, empty for none
 * @param attributes those without a namespace
 * @param children elements in it
 * @param text what is between its tags
 */
record Stanza(String name, String namespace, Map<String, String> attributes, List<Stanza> children, String text) {
    private static final int DEEPEST = 64;
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // Streams of XMPP have no document types (RFC 6120 section 11.1).
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** @throws IOException when it is not one well-formed element */
    static Stanza read(String xml) throws IOException {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // Declarations and white space come before it.
            }
            return element(reader, 0);
        } catch (XMLStreamException e) {
            throw new IOException("The server sent something that is not XML: " + e.getMessage(), e);
        }
    }

    private static Stanza element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("too deep");
        }
        String name = reader.getLocalName();
        String namespace = reader.getNamespaceURI() == null ? XMLConstants.NULL_NS_URI : reader.getNamespaceURI();
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeNamespace(i) == null) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
        List<Stanza> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(reader, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            }
        }
        return new Stanza(name, namespace, attributes, children, text.toString().strip());
    }

    /** An attribute, empty when it is not there. */
    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    boolean is(String otherName, String otherNamespace) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    Stream<Stanza> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName));
    }

    Optional<Stanza> child(String childName) {
        return all(childName).findFirst();
    }

    Optional<Stanza> child(String childName, String childNamespace) {
        return all(childName)
                .filter(child -> child.namespace.equals(childNamespace))
                .findFirst();
    }

    /** Text for between tags and in attributes. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&apos;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
