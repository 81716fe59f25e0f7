package org.videowindow.bridge.colibri.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

class FocusGateTest {
    @ParameterizedTest
    @CsvSource({
        // Address the stanza comes from, address behind the nick "focus", whether it is the focus.
        "brewery@conference.shard.test/focus, focus@shard.test/focus, true",
        "brewery@conference.shard.test/focus, focus@shard.test/other, true",
        "brewery@conference.shard.test/focus, focus@evil.test/focus, false",
        "brewery@conference.shard.test/focus, mallory@shard.test/focus, false",
        "brewery@conference.shard.test/focus, , false",
        "brewery@conference.shard.test/bridge-2, focus@shard.test/focus, false",
        "brewery@conference.shard.test/Focus, focus@shard.test/focus, false",
        "brewery@conference.shard.test, focus@shard.test/focus, false",
        "room@conference.shard.test/focus, focus@shard.test/focus, false",
        "focus@shard.test/focus, focus@shard.test/focus, false",
        "shard.test, focus@shard.test/focus, false",
        ", focus@shard.test/focus, false",
    })
    void onlyTheOccupantFocusOfTheFocusAccountIsTheFocus(String from, String behindTheNick, boolean focus)
            throws Exception {
        Map<EntityFullJid, Jid> occupants = new HashMap<>();
        if (behindTheNick != null) {
            occupants.put(
                    JidCreate.entityFullFrom("brewery@conference.shard.test/focus"), JidCreate.from(behindTheNick));
        }
        FocusGate gate = new FocusGate(
                JidCreate.entityBareFrom("brewery@conference.shard.test"),
                Resourcepart.from("focus"),
                JidCreate.entityBareFrom("focus@shard.test"),
                occupants::get);

        assertThat(gate.isFocus(from == null ? null : JidCreate.from(from))).isEqualTo(focus);
    }
}
