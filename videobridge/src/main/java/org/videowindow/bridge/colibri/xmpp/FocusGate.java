package org.videowindow.bridge.colibri.xmpp;

import java.util.function.Function;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * Decides whether a stanza comes from the focus: it must come through the brewery room from the focus's nick, and the
 * occupant behind the nick must be the configured account. The room tells real addresses (it is not anonymous); an
 * occupant whose address it hides is not the focus.
 */
final class FocusGate {
    private final EntityFullJid occupantJid;
    private final EntityBareJid focusJid;
    private final Function<EntityFullJid, Jid> realJid;

    /**
     * @param realJid the address behind an occupant, or {@code null}
     */
    FocusGate(EntityBareJid brewery, Resourcepart nick, EntityBareJid focusJid, Function<EntityFullJid, Jid> realJid) {
        this.occupantJid = JidCreate.entityFullFrom(brewery, nick);
        this.focusJid = focusJid;
        this.realJid = realJid;
    }

    boolean isFocus(Jid from) {
        if (from == null || !from.equals(occupantJid)) {
            return false;
        }
        Jid real = realJid.apply(occupantJid);
        return real != null && focusJid.equals(real.asBareJid());
    }
}
