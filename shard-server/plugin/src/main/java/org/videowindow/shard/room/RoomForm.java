package org.videowindow.shard.room;

import java.util.Set;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.IQ;

/**
 * Configuration forms of rooms. Openfire 4.2.0 takes {@code 1} for true and everything else for false, so that a form
 * with {@code true} (XEP-0004, 3.3 allows both) silently leaves a room without its password or open to everybody.
 */
public final class RoomForm {
    private static final String OWNER = "http://jabber.org/protocol/muc#owner";
    private static final QName FORM = QName.get("x", "jabber:x:data");
    private static final Set<String> BOOLEANS = Set.of(
            "muc#roomconfig_changesubject",
            "muc#roomconfig_publicroom",
            "muc#roomconfig_persistentroom",
            "muc#roomconfig_moderatedroom",
            "muc#roomconfig_membersonly",
            "muc#roomconfig_allowinvites",
            "muc#roomconfig_passwordprotectedroom",
            "muc#roomconfig_enablelogging",
            "x-muc#roomconfig_reservednick",
            "x-muc#roomconfig_canchangenick",
            "x-muc#roomconfig_registration");

    private RoomForm() {}

    /** Whether a request submits a configuration form. */
    public static boolean submitted(IQ iq) {
        Element child = iq.getChildElement();
        if (iq.getType() != IQ.Type.set || child == null || !OWNER.equals(child.getNamespaceURI())) {
            return false;
        }
        Element form = child.element(FORM);
        return form != null && "submit".equals(form.attributeValue("type"));
    }

    /** Writes {@code 1} and {@code 0} for {@code true} and {@code false}, in place. */
    public static void repair(IQ iq) {
        for (Element field : iq.getChildElement().element(FORM).elements("field")) {
            Element value = field.element("value");
            if (value != null && BOOLEANS.contains(field.attributeValue("var"))) {
                String text = value.getTextTrim();
                if ("true".equals(text) || "false".equals(text)) {
                    value.setText("true".equals(text) ? "1" : "0");
                }
            }
        }
    }
}
