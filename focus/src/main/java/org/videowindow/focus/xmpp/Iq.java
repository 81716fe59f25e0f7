package org.videowindow.focus.xmpp;

import java.util.Optional;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.xml.XmlElement;

/**
 * An info/query stanza (RFC 6120 section 8.2.3).
 *
 * @param type {@code get}, {@code set}, {@code result} or {@code error}
 * @param id chosen by whoever asked
 * @param from who sent it, as the server says; null in what we send
 * @param to whom it is for
 * @param payload its one child, where there is one
 * @param stanza the whole, for its error
 */
public record Iq(String type, String id, Jid from, Jid to, Optional<XmlElement> payload, XmlElement stanza) {

    /** Reads a stanza named {@code iq}; empty when it is none or has no type, id or sender. */
    public static Optional<Iq> of(XmlElement stanza) {
        String type = stanza.attribute("type");
        String id = stanza.attribute("id");
        Jid from = jid(stanza.attribute("from"));
        if (!stanza.name().equals("iq") || type == null || id == null || from == null) {
            return Optional.empty();
        }
        Optional<XmlElement> payload = stanza.children().stream()
                .filter(child -> !child.name().equals("error"))
                .findFirst();
        return Optional.of(new Iq(type, id, from, jid(stanza.attribute("to")), payload, stanza));
    }

    /** Whether an answer is owed. */
    public boolean isRequest() {
        return type.equals("get") || type.equals("set");
    }

    /** The stanza of a request. */
    public static XmlElement request(String type, String id, Jid to, XmlElement payload) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .with("type", type)
                .with("id", id)
                .with("to", to)
                .with(payload)
                .build();
    }

    /** The empty answer. */
    public XmlElement result() {
        return answer("result").build();
    }

    /** The answer with a payload. */
    public XmlElement result(XmlElement answer) {
        return answer("result").with(answer).build();
    }

    /** The refusal. */
    public XmlElement error(StanzaError error) {
        return answer("error").with(error.toXml()).build();
    }

    private XmlElement.Builder answer(String answerType) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .with("type", answerType)
                .with("id", id)
                .with("to", from);
    }

    private static Jid jid(String text) {
        return text == null ? null : JidCreate.fromOrNull(text);
    }
}
