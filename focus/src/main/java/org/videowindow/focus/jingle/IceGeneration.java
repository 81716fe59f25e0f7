package org.videowindow.focus.jingle;

import java.util.Optional;
import java.util.regex.Pattern;
import org.videowindow.focus.xml.XmlElement;

/** The number of an ICE restart in a transport: 1 for the first; what came before has none. Pure functions. */
final class IceGeneration {
    static final String ATTRIBUTE = "ice-generation";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private IceGeneration() {}

    /** The number; empty when there is none or it is malformed. */
    static Optional<Integer> of(XmlElement transport) {
        String text = transport.attribute(ATTRIBUTE, "");
        return NUMBER.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /** The attribute's value, or null when there were no restarts. */
    static Integer written(int generation) {
        return generation > 0 ? generation : null;
    }
}
