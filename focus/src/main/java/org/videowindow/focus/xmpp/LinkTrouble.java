package org.videowindow.focus.xmpp;

/** Why the focus is not signed in to its shard: what an operator has to look at differs. */
public enum LinkTrouble {
    /** Nothing, or nothing is known yet. */
    NONE("xmpp-unreachable", "not signed in to the shard yet"),
    /** Nobody answers at the address, or the connection broke. */
    UNREACHABLE("xmpp-unreachable", "not signed in: the shard cannot be reached"),
    /** The shard refuses the account and its password. */
    REFUSED("xmpp-refused", "not signed in: the shard refuses the account's password"),
    /** The shard shows another certificate than the one that is trusted. */
    CERTIFICATE("xmpp-certificate", "not signed in: the shard's certificate is not the one that is trusted"),
    /** Another focus has signed in under the same address; this one has ended. */
    CONFLICT("xmpp-conflict", "another focus has signed in under the same address");

    private final String code;
    private final String sentence;

    LinkTrouble(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** For machines; does not change. */
    public String code() {
        return code;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }
}
