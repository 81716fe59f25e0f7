package org.videowindow.focus.xmpp;

/** The XML namespaces the focus reads and writes. */
public final class Namespaces {
    /** RFC 6120: stanzas of a client. */
    public static final String CLIENT = "jabber:client";
    /** RFC 6120 section 8.3: conditions of stanza errors. */
    public static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    /** XEP-0030. */
    public static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    /** XEP-0115. */
    public static final String CAPS = "http://jabber.org/protocol/caps";
    /** XEP-0199. */
    public static final String PING = "urn:xmpp:ping";
    /** XEP-0092. */
    public static final String VERSION = "jabber:iq:version";
    /** XEP-0004. */
    public static final String DATA_FORMS = "jabber:x:data";
    /** XEP-0045. */
    public static final String MUC = "http://jabber.org/protocol/muc";
    /** XEP-0045: occupants. */
    public static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    /** XEP-0045: owners. */
    public static final String MUC_OWNER = "http://jabber.org/protocol/muc#owner";
    /** XEP-0166. */
    public static final String JINGLE = "urn:xmpp:jingle:1";
    /** XEP-0166: conditions of Jingle errors. */
    public static final String JINGLE_ERRORS = "urn:xmpp:jingle:errors:1";
    /** XEP-0167. */
    public static final String RTP = "urn:xmpp:jingle:apps:rtp:1";
    /** XEP-0293. */
    public static final String RTCP_FB = "urn:xmpp:jingle:apps:rtp:rtcp-fb:0";
    /** XEP-0294. */
    public static final String HDREXT = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
    /** XEP-0339. */
    public static final String SSMA = "urn:xmpp:jingle:apps:rtp:ssma:0";
    /** XEP-0338. */
    public static final String GROUPING = "urn:xmpp:jingle:apps:grouping:0";
    /** XEP-0176. */
    public static final String ICE_UDP = "urn:xmpp:jingle:transports:ice-udp:1";
    /** XEP-0320. */
    public static final String DTLS = "urn:xmpp:jingle:apps:dtls:0";
    /** Jitsi: conference requests and what belongs to a conference. */
    public static final String FOCUS = "http://jitsi.org/protocol/focus";
    /** Jitsi: the rest. */
    public static final String JITMEET = "http://jitsi.org/jitmeet";
    /** Jitsi: statistics of a bridge, and the address of its channel. */
    public static final String COLIBRI = "http://jitsi.org/protocol/colibri";
    /** Jitsi: conferences on a bridge. */
    public static final String COLIBRI2 = "jitsi:colibri2";
    /** Jitsi: "are you well". */
    public static final String HEALTHCHECK = "http://jitsi.org/protocol/healthcheck";

    private Namespaces() {}
}
