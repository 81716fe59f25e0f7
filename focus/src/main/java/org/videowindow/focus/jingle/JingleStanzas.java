package org.videowindow.focus.jingle;

import java.util.Map;
import org.jxmpp.jid.Jid;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.media.OfferedMedia;
import org.videowindow.focus.source.CompactSources;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/** The Jingle elements that the focus sends. Pure functions. */
public final class JingleStanzas {
    private static final int AUDIO_MAX_PACKET_MILLIS = 60;

    private JingleStanzas() {}

    /**
     * The offer: two contents, bundled into one transport that stands in both, and the sources of the others. The
     * client looks for {@code rtcp-mux} in the description, the bridge's kind of form has it in the transport: both.
     *
     * @param initiator the focus's real address
     * @param sid of the new session
     * @param features of the client
     * @param transport where the bridge awaits the participant
     * @param bridgeSession the id by which the participant may ask for a restart
     * @param region of the bridge, or null
     * @param sources what to announce, by owner
     */
    public static XmlElement sessionInitiate(
            Jid initiator,
            String sid,
            ClientFeatures features,
            BridgeTransport transport,
            String bridgeSession,
            String region,
            Map<String, EndpointSources> sources) {
        XmlElement transportElement = transport.toXml();
        return jingle("session-initiate", sid)
                .with("initiator", initiator)
                .with(content(MediaKind.AUDIO, features, transportElement))
                .with(content(MediaKind.VIDEO, features, transportElement))
                .with(XmlElement.element("group", Namespaces.GROUPING)
                        .with("semantics", "BUNDLE")
                        .with(XmlElement.element("content", Namespaces.GROUPING).with("name", "audio"))
                        .with(XmlElement.element("content", Namespaces.GROUPING).with("name", "video")))
                .with(XmlElement.element("bridge-session", Namespaces.FOCUS)
                        .with("id", bridgeSession)
                        .with("region", region))
                .with(CompactSources.element(sources))
                .build();
    }

    /** Others' sources that came. */
    public static XmlElement sourceAdd(String sid, Map<String, EndpointSources> sources) {
        return jingle("source-add", sid).with(CompactSources.element(sources)).build();
    }

    /** Others' sources that went. */
    public static XmlElement sourceRemove(String sid, Map<String, EndpointSources> sources) {
        return jingle("source-remove", sid)
                .with(CompactSources.element(sources))
                .build();
    }

    /** The bridge's transport after an ICE restart, in both contents as in the offer. */
    public static XmlElement transportInfo(String sid, BridgeTransport transport) {
        XmlElement transportElement = transport.toXml();
        XmlElement.Builder jingle = jingle("transport-info", sid);
        for (MediaKind kind : MediaKind.values()) {
            jingle.with(XmlElement.element("content", Namespaces.JINGLE)
                    .with("creator", "initiator")
                    .with("name", kind.word())
                    .with("senders", "both")
                    .with(transportElement));
        }
        return jingle.build();
    }

    /** The end of a session, for one of the reasons of XEP-0166 section 7.4. */
    public static XmlElement sessionTerminate(String sid, String reason, String text) {
        return jingle("session-terminate", sid)
                .with(XmlElement.element("reason", Namespaces.JINGLE)
                        .with(XmlElement.element(reason, Namespaces.JINGLE))
                        .with(XmlElement.element("text", Namespaces.JINGLE).text(text)))
                .build();
    }

    private static XmlElement.Builder jingle(String action, String sid) {
        return XmlElement.element("jingle", Namespaces.JINGLE)
                .with("action", action)
                .with("sid", sid);
    }

    private static XmlElement content(MediaKind kind, ClientFeatures features, XmlElement transport) {
        return XmlElement.element("content", Namespaces.JINGLE)
                .with("creator", "initiator")
                .with("name", kind.word())
                .with("senders", "both")
                .with(XmlElement.element("description", Namespaces.RTP)
                        .with("media", kind.word())
                        .with("maxptime", kind == MediaKind.AUDIO ? AUDIO_MAX_PACKET_MILLIS : null)
                        .with(OfferedMedia.elements(kind, features))
                        .with(XmlElement.element("rtcp-mux", Namespaces.RTP)))
                .with(transport)
                .build();
    }
}
