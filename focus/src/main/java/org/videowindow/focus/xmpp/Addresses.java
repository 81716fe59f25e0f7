package org.videowindow.focus.xmpp;

import org.jxmpp.JxmppContext;
import org.jxmpp.stringprep.rocksxmppprecis.RocksXmppPrecisStringprep;

/**
 * The rules by which two spellings are one address (RFC 7622): lower and upper case, full-width letters and the like.
 * Without them a room asked for in another spelling would be another conference.
 */
public final class Addresses {
    private Addresses() {}

    /** From now on every address is normalised; to be called before the first is read. */
    public static void normalise() {
        JxmppContext.setDefaultXmppStringprep(RocksXmppPrecisStringprep.INSTANCE);
    }
}
