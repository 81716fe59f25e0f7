package org.videowindow.focus.muc;

import java.util.Map;
import java.util.TreeMap;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * The configuration of a conference's room (XEP-0045 section 10.1.3). Booleans are written as {@code 1} and {@code 0}:
 * Openfire counts {@code true} as false.
 */
final class RoomConfiguration {
    private static final Map<String, String> FIELDS = new TreeMap<>(Map.of(
            // Everybody sees real addresses: a client knows the focus by them.
            "muc#roomconfig_whois", "anyone",
            "muc#roomconfig_persistentroom", "0",
            "muc#roomconfig_publicroom", "0",
            "muc#roomconfig_membersonly", "0",
            "muc#roomconfig_passwordprotectedroom", "0",
            "muc#roomconfig_moderatedroom", "0",
            "muc#roomconfig_allowinvites", "0",
            "muc#roomconfig_enablelogging", "0",
            "muc#roomconfig_historylength", "0",
            // No bound by the room: who may enter is the token's matter.
            "muc#roomconfig_maxusers", "0"));

    private RoomConfiguration() {}

    /** The form that also unlocks a new room. */
    static XmlElement submission() {
        XmlElement.Builder form = XmlElement.element("x", Namespaces.DATA_FORMS)
                .with("type", "submit")
                .with(field("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig"));
        FIELDS.forEach((name, value) -> form.with(field(name, value)));
        return XmlElement.element("query", Namespaces.MUC_OWNER).with(form).build();
    }

    private static XmlElement field(String name, String value) {
        return XmlElement.element("field", Namespaces.DATA_FORMS)
                .with("var", name)
                .with(XmlElement.element("value", Namespaces.DATA_FORMS).text(value))
                .build();
    }
}
