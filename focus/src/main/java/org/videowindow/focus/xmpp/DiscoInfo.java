package org.videowindow.focus.xmpp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.videowindow.focus.xml.XmlElement;

/**
 * What an entity says of itself (XEP-0030), without data forms.
 *
 * @param identities each as {@code category/type/lang/name}
 * @param features what it can do
 * @param plain whether that was all; with data forms or repeated entries the hash is not that of XEP-0115
 */
public record DiscoInfo(List<String> identities, Set<String> features, boolean plain) {
    /** Entries of one answer; a Jitsi client has about twenty. */
    private static final int MOST = 200;

    public DiscoInfo {
        identities = List.copyOf(identities);
        features = Set.copyOf(features);
    }

    /** Reads an answer; empty when it is none or immoderately long. */
    public static Optional<DiscoInfo> of(XmlElement query) {
        if (!query.is("query", Namespaces.DISCO_INFO) || query.children().size() > MOST) {
            return Optional.empty();
        }
        List<String> identities = new ArrayList<>();
        Set<String> features = new HashSet<>();
        boolean plain = true;
        for (XmlElement child : query.children()) {
            if (child.is("identity", Namespaces.DISCO_INFO)) {
                identities.add(child.attribute("category", "") + "/" + child.attribute("type", "") + "/"
                        + child.attribute("lang", "") + "/" + child.attribute("name", ""));
            } else if (child.is("feature", Namespaces.DISCO_INFO)) {
                plain &= features.add(child.attribute("var", ""));
            } else {
                plain = false;
            }
        }
        return Optional.of(new DiscoInfo(identities, features, plain));
    }

    /** The verification string of XEP-0115 section 5.1. */
    public String hash() {
        StringBuilder text = new StringBuilder();
        append(text, identities);
        append(text, features);
        try {
            // XEP-0115 names SHA-1; it identifies a feature set and protects nothing.
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static void append(StringBuilder text, Collection<String> entries) {
        entries.stream().sorted().forEach(entry -> text.append(entry).append('<'));
    }
}
