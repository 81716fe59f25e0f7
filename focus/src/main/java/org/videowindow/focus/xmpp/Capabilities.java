package org.videowindow.focus.xmpp;

import java.util.List;
import java.util.Set;
import org.videowindow.focus.xml.XmlElement;

/** What the focus says about itself: service discovery (XEP-0030), capabilities (XEP-0115), version (XEP-0092). */
public final class Capabilities {
    private static final String NODE = "https://video-window.org/focus";
    private static final String CATEGORY = "component";
    private static final String TYPE = "conference";
    private static final String NAME = "focus";
    /** In the order of XEP-0115 section 5.1: sorted by octets. */
    private static final List<String> FEATURES = List.of(
            Namespaces.CAPS,
            Namespaces.DISCO_INFO,
            "http://jitsi.org/json-encoded-sources",
            Namespaces.FOCUS,
            Namespaces.VERSION,
            Namespaces.JINGLE,
            Namespaces.DTLS,
            Namespaces.RTP,
            "urn:xmpp:jingle:apps:rtp:audio",
            "urn:xmpp:jingle:apps:rtp:video",
            Namespaces.ICE_UDP,
            Namespaces.PING);

    private final String version;
    private final String hash = verification();

    /** Describes the focus of the given version. */
    public Capabilities(String version) {
        this.version = version;
    }

    /** The element for presence. */
    public XmlElement presenceElement() {
        return XmlElement.element("c", Namespaces.CAPS)
                .with("hash", "sha-1")
                .with("node", NODE)
                .with("ver", hash)
                .build();
    }

    /** The answer to a disco#info query, for whatever node it asks. */
    public XmlElement info(XmlElement query) {
        XmlElement.Builder info = XmlElement.element("query", Namespaces.DISCO_INFO)
                .with("node", query.attribute("node"))
                .with(XmlElement.element("identity", Namespaces.DISCO_INFO)
                        .with("category", CATEGORY)
                        .with("type", TYPE)
                        .with("name", NAME));
        FEATURES.forEach(feature ->
                info.with(XmlElement.element("feature", Namespaces.DISCO_INFO).with("var", feature)));
        return info.build();
    }

    /** The answer to a version query. */
    public XmlElement software() {
        return XmlElement.element("query", Namespaces.VERSION)
                .with(XmlElement.element("name", Namespaces.VERSION).text("Video Window focus"))
                .with(XmlElement.element("version", Namespaces.VERSION).text(version))
                .build();
    }

    private static String verification() {
        return new DiscoInfo(List.of(CATEGORY + "/" + TYPE + "//" + NAME), Set.copyOf(FEATURES), true).hash();
    }
}
