package org.videowindow.focus.jingle;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * The fingerprint of a DTLS certificate (RFC 8122 section 5).
 *
 * @param hash the function, lower-case
 * @param value pairs of hexadecimal digits, upper-case, with colons between
 * @param setup who opens (RFC 4145 section 4)
 */
public record Fingerprint(String hash, String value, String setup) {
    /** The functions that are not broken. */
    private static final Set<String> HASHES = Set.of("sha-256", "sha-384", "sha-512");

    private static final Set<String> SETUPS = Set.of("active", "passive", "actpass");
    private static final Pattern VALUE = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31,63}");

    /** Reads the fingerprint in a transport. */
    static Optional<Fingerprint> in(XmlElement transport, String setupIfAbsent) {
        return transport.child("fingerprint", Namespaces.DTLS).flatMap(element -> {
            String hash = element.attribute("hash", "").toLowerCase(Locale.ROOT);
            String value = element.text().strip();
            String setup = element.attribute("setup", setupIfAbsent);
            return HASHES.contains(hash)
                            && SETUPS.contains(setup)
                            && VALUE.matcher(value).matches()
                    ? Optional.of(new Fingerprint(hash, value.toUpperCase(Locale.ROOT), setup))
                    : Optional.empty();
        });
    }

    /** The element for a transport. */
    public XmlElement toXml() {
        return XmlElement.element("fingerprint", Namespaces.DTLS)
                .with("hash", hash)
                .with("setup", setup)
                .text(value)
                .build();
    }
}
