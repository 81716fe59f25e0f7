package org.videowindow.focus.jingle;

import java.util.Optional;
import java.util.regex.Pattern;
import org.videowindow.focus.xml.XmlElement;

/**
 * The name and password of one side's connectivity checks (RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 ICE characters
 * @param password 22 to 256 ICE characters
 */
public record IceCredentials(String ufrag, String password) {
    private static final Pattern UFRAG = Pattern.compile("[0-9A-Za-z+/]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[0-9A-Za-z+/]{22,256}");

    /** Reads the credentials of a transport. */
    static Optional<IceCredentials> of(XmlElement transport) {
        String ufrag = transport.attribute("ufrag", "");
        String password = transport.attribute("pwd", "");
        return UFRAG.matcher(ufrag).matches() && PASSWORD.matcher(password).matches()
                ? Optional.of(new IceCredentials(ufrag, password))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
