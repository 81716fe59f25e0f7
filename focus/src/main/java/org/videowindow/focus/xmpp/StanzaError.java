package org.videowindow.focus.xmpp;

import java.util.Optional;
import org.videowindow.focus.xml.XmlElement;

/**
 * A stanza error (RFC 6120 section 8.3).
 *
 * @param type what the sender may do about it
 * @param condition the defined condition, for example {@code item-not-found}
 * @param text a sentence for a person, or empty
 * @param detail an application-specific condition, where there is one
 */
public record StanzaError(String type, String condition, String text, Optional<XmlElement> detail) {
    private static final int TEXT_MAX = 256;

    /** The request is malformed. */
    public static StanzaError badRequest(String text) {
        return new StanzaError("modify", "bad-request", text, Optional.empty());
    }

    /** There is no such thing. */
    public static StanzaError itemNotFound(String text) {
        return new StanzaError("cancel", "item-not-found", text, Optional.empty());
    }

    /** The sender may not do that. */
    public static StanzaError forbidden(String text) {
        return new StanzaError("auth", "forbidden", text, Optional.empty());
    }

    /** Nobody may do that. */
    public static StanzaError notAllowed(String text) {
        return new StanzaError("cancel", "not-allowed", text, Optional.empty());
    }

    /** A limit is reached; later it may work. */
    public static StanzaError resourceConstraint(String text) {
        return new StanzaError("wait", "resource-constraint", text, Optional.empty());
    }

    /** It collides with something that is there. */
    public static StanzaError conflict(String text) {
        return new StanzaError("cancel", "conflict", text, Optional.empty());
    }

    /** It is not built. */
    public static StanzaError featureNotImplemented(String text) {
        return new StanzaError("cancel", "feature-not-implemented", text, Optional.empty());
    }

    /** It cannot be done now. */
    public static StanzaError serviceUnavailable(String text) {
        return new StanzaError("cancel", "service-unavailable", text, Optional.empty());
    }

    /** Our own bug. */
    public static StanzaError internalServerError(String text) {
        return new StanzaError("cancel", "internal-server-error", text, Optional.empty());
    }

    /** XEP-0166 section 10: the session id is not known. */
    public static StanzaError unknownSession() {
        return new StanzaError("cancel", "item-not-found", "", Optional.of(jingle("unknown-session")));
    }

    /** XEP-0166 section 10: not in this state of the session. */
    public static StanzaError outOfOrder(String text) {
        return new StanzaError("wait", "unexpected-request", text, Optional.of(jingle("out-of-order")));
    }

    private static XmlElement jingle(String condition) {
        return XmlElement.element(condition, Namespaces.JINGLE_ERRORS).build();
    }

    /** Reads the error of a stanza of type {@code error}; a missing or odd one becomes {@code undefined-condition}. */
    public static StanzaError of(XmlElement stanza) {
        Optional<XmlElement> error = stanza.child("error", stanza.namespace());
        if (error.isEmpty()) {
            return new StanzaError("cancel", "undefined-condition", "", Optional.empty());
        }
        String condition = "undefined-condition";
        String text = "";
        Optional<XmlElement> detail = Optional.empty();
        for (XmlElement child : error.get().children()) {
            if (!child.namespace().equals(Namespaces.STANZAS)) {
                detail = Optional.of(child);
            } else if (child.name().equals("text")) {
                text = child.text().substring(0, Math.min(TEXT_MAX, child.text().length()));
            } else {
                condition = child.name();
            }
        }
        return new StanzaError(error.get().attribute("type", "cancel"), condition, text, detail);
    }

    /** The error element. */
    public XmlElement toXml() {
        XmlElement.Builder error = XmlElement.element("error", Namespaces.CLIENT)
                .with("type", type)
                .with(XmlElement.element(condition, Namespaces.STANZAS));
        if (!text.isEmpty()) {
            error.with(XmlElement.element("text", Namespaces.STANZAS).text(text));
        }
        detail.ifPresent(error::with);
        return error.build();
    }

    /** Condition and sentence, for logs. */
    @Override
    public String toString() {
        return text.isEmpty() ? condition : condition + " (" + text.replaceAll("\\p{Cntrl}", " ") + ")";
    }
}
