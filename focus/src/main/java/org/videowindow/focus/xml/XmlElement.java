package org.videowindow.focus.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One XML element, immutable: the form in which every stanza enters and leaves the focus.
 *
 * <p>Attributes have no namespace (the few prefixed ones of XMPP, such as {@code xml:lang}, are of no interest here), and
 * the text of mixed content is joined in front of the children: XMPP has no mixed content.
 *
 * @param name local name
 * @param namespace the namespace, never null; empty for "none"
 * @param attributes in the order in which they are written
 * @param children in document order
 * @param text character data, unescaped
 */
public record XmlElement(
        String name, String namespace, Map<String, String> attributes, List<XmlElement> children, String text) {

    /** Checks that nothing is null. */
    public XmlElement {
        Objects.requireNonNull(name);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(attributes);
        Objects.requireNonNull(children);
        Objects.requireNonNull(text);
    }

    /** Starts an element of the given name and namespace. */
    public static Builder element(String name, String namespace) {
        return new Builder(name, namespace);
    }

    /** Whether the element has this name and namespace. */
    public boolean is(String otherName, String otherNamespace) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    /** An attribute, or null where it is absent. */
    public String attribute(String attributeName) {
        return attributes.get(attributeName);
    }

    /** An attribute, or the given value where it is absent. */
    public String attribute(String attributeName, String absent) {
        return attributes.getOrDefault(attributeName, absent);
    }

    /** The first child of this name and namespace. */
    public Optional<XmlElement> child(String childName, String childNamespace) {
        for (XmlElement child : children) {
            if (child.is(childName, childNamespace)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** The children of this name and namespace. */
    public Stream<XmlElement> children(String childName, String childNamespace) {
        return children.stream().filter(child -> child.is(childName, childNamespace));
    }

    /** The element as text; a namespace is declared where it differs from the parent's. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(256);
        write(out, "");
        return out.toString();
    }

    /**
     * Appends the element as text, in time linear in its size.
     *
     * @param out where to
     * @param inheritedNamespace the default namespace in force at that place, which needs no declaration
     */
    public void write(StringBuilder out, String inheritedNamespace) {
        out.append('<').append(name);
        if (!namespace.equals(inheritedNamespace)) {
            attribute(out, "xmlns", namespace);
        }
        attributes.forEach((key, value) -> attribute(out, key, value));
        if (children.isEmpty() && text.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        escape(out, text);
        for (XmlElement child : children) {
            child.write(out, namespace);
        }
        out.append("</").append(name).append('>');
    }

    private static void attribute(StringBuilder out, String key, String value) {
        out.append(' ').append(key).append("='");
        escape(out, value);
        out.append('\'');
    }

    private static void escape(StringBuilder out, String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                // Written as references: an XML reader turns the plain characters into spaces within attributes.
                case '\n' -> out.append("&#10;");
                case '\r' -> out.append("&#13;");
                case '\t' -> out.append("&#9;");
                default -> {
                    // Other control characters cannot be written in XML 1.0 at all; one would end the stream.
                    if (c >= ' ' && c != '\uFFFE' && c != '\uFFFF') {
                        out.append(c);
                    }
                }
            }
        }
    }

    /** Collects the parts of an element. Not for use by several threads. */
    public static final class Builder {
        private final String name;
        private final String namespace;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<XmlElement> children = new ArrayList<>();
        private String text = "";

        private Builder(String name, String namespace) {
            this.name = name;
            this.namespace = namespace;
        }

        /** Sets an attribute; a null value leaves it out. */
        public Builder with(String attributeName, Object value) {
            if (value != null) {
                attributes.put(attributeName, value.toString());
            }
            return this;
        }

        /** Adds a child. */
        public Builder with(XmlElement child) {
            children.add(child);
            return this;
        }

        /** Adds a child. */
        public Builder with(Builder child) {
            return with(child.build());
        }

        /** Adds children. */
        public Builder with(List<XmlElement> more) {
            children.addAll(more);
            return this;
        }

        /** Sets the text. */
        public Builder text(String value) {
            this.text = value;
            return this;
        }

        /** The element. */
        public XmlElement build() {
            return new XmlElement(
                    name, namespace, java.util.Collections.unmodifiableMap(attributes), List.copyOf(children), text);
        }
    }
}
