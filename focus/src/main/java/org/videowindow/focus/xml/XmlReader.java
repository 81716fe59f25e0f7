package org.videowindow.focus.xml;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * Reads one element with all that is in it from a pull parser, within limits and without recursion, so that the stack is
 * safe from deep nesting.
 *
 * <p>Over a limit the rest is skipped to the element's end, so that the parser stands where the next stanza begins
 * whatever was in this one.
 */
public final class XmlReader {
    private XmlReader() {}

    /**
     * How much of one element is kept.
     *
     * @param elements elements in all
     * @param depth nesting
     * @param characters text and attribute values together
     */
    public record Limits(int elements, int depth, int characters) {}

    /**
     * What was read.
     *
     * @param element the element; when {@code complete} is false, only its name and attributes
     * @param complete false when a limit was passed
     */
    public record Reading(XmlElement element, boolean complete) {}

    /**
     * Reads the element at whose start tag the parser stands, and leaves the parser at its end tag.
     *
     * @throws XmlPullParserException when the document is not well-formed: the stream cannot go on
     * @throws IOException when the stream breaks
     */
    public static Reading read(XmlPullParser parser, Limits limits) throws XmlPullParserException, IOException {
        Deque<Open> open = new ArrayDeque<>();
        Open root = new Open(parser);
        open.push(root);
        int elements = 1;
        long characters = root.characters();
        boolean complete = characters <= limits.characters();
        int skipping = complete ? 0 : 1;
        while (true) {
            switch (parser.next()) {
                case START_ELEMENT -> {
                    if (skipping > 0) {
                        skipping++;
                        continue;
                    }
                    Open child = new Open(parser);
                    elements++;
                    characters += child.characters();
                    if (elements > limits.elements()
                            || open.size() >= limits.depth()
                            || characters > limits.characters()) {
                        complete = false;
                        skipping = open.size() + 1;
                        continue;
                    }
                    open.push(child);
                }
                case TEXT_CHARACTERS -> {
                    if (skipping == 0) {
                        String text = parser.getText();
                        characters += text.length();
                        if (characters > limits.characters()) {
                            complete = false;
                            skipping = open.size();
                            continue;
                        }
                        open.peek().text.append(text);
                    }
                }
                case END_ELEMENT -> {
                    if (skipping > 0) {
                        skipping--;
                        if (skipping == 0) {
                            return new Reading(root.withoutContent(), false);
                        }
                        continue;
                    }
                    XmlElement done = open.pop().build();
                    if (open.isEmpty()) {
                        return new Reading(done, complete);
                    }
                    open.peek().children.add(done);
                }
                case END_DOCUMENT -> throw new IOException("the stream ended within a stanza");
                default -> {
                    // Comments, processing instructions and white space carry nothing.
                }
            }
        }
    }

    /** An element whose end tag has not been read. */
    private static final class Open {
        private final String name;
        private final String namespace;
        private final Map<String, String> attributes;
        private final List<XmlElement> children = new ArrayList<>(4);
        private final StringBuilder text = new StringBuilder(0);

        Open(XmlPullParser parser) {
            name = parser.getName();
            namespace = parser.getNamespace() == null ? "" : parser.getNamespace();
            int count = parser.getAttributeCount();
            attributes = count == 0 ? Map.of() : new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                String prefix = parser.getAttributePrefix(i);
                if (prefix == null || prefix.isEmpty()) {
                    attributes.put(parser.getAttributeName(i), parser.getAttributeValue(i));
                }
            }
        }

        long characters() {
            long sum = name.length();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                sum += attribute.getKey().length() + attribute.getValue().length();
            }
            return sum;
        }

        XmlElement build() {
            return new XmlElement(
                    name,
                    namespace,
                    Collections.unmodifiableMap(attributes),
                    List.copyOf(children),
                    text.toString().strip());
        }

        XmlElement withoutContent() {
            return new XmlElement(name, namespace, Collections.unmodifiableMap(attributes), List.of(), "");
        }
    }
}
