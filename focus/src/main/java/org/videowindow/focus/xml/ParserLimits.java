package org.videowindow.focus.xml;

import java.util.List;

/**
 * Lifts the limits of Java's XML parser. The stream is one document that lasts for months; those limits count over the
 * whole of it or end it at the first excess, so any participant could close the link with one stanza. {@link XmlReader}
 * sets limits for each stanza instead. Entities cannot be declared, since the parser is told to refuse document types.
 */
public final class ParserLimits {
    private static final List<String> LIMITS = List.of(
            "elementAttributeLimit",
            "entityExpansionLimit",
            "entityReplacementLimit",
            "maxElementDepth",
            "maxGeneralEntitySizeLimit",
            "maxXMLNameLimit",
            "totalEntitySizeLimit");

    private ParserLimits() {}

    /** Lifts them for every parser that is made from now on. Has to come before the first use of Smack. */
    public static void lift() {
        LIMITS.forEach(limit -> System.setProperty("jdk.xml." + limit, "0"));
    }
}
