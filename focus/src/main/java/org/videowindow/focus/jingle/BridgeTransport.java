package org.videowindow.focus.jingle;

import java.util.List;
import java.util.Optional;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * Where the bridge awaits an endpoint.
 *
 * @param credentials of the bridge for this endpoint
 * @param fingerprint of the bridge's certificate
 * @param candidates the bridge's addresses, as elements with nothing but the known attributes
 * @param generation how many ICE restarts came before
 * @param channelUrl the bridge channel, where the bridge has one
 */
public record BridgeTransport(
        IceCredentials credentials,
        Fingerprint fingerprint,
        List<XmlElement> candidates,
        int generation,
        Optional<String> channelUrl) {
    private static final int CANDIDATE_LIMIT = 50;
    private static final List<String> CANDIDATE_ATTRIBUTES = List.of(
            "id",
            "foundation",
            "component",
            "protocol",
            "priority",
            "ip",
            "port",
            "type",
            "generation",
            "network",
            "rel-addr",
            "rel-port",
            "tcptype");

    /** Reads a transport (XEP-0176) that a bridge wrote; empty when something that a client needs is missing. */
    public static Optional<BridgeTransport> of(XmlElement transport) {
        Optional<IceCredentials> credentials = IceCredentials.of(transport);
        Optional<Fingerprint> fingerprint = Fingerprint.in(transport, "actpass");
        List<XmlElement> candidates = transport
                .children("candidate", Namespaces.ICE_UDP)
                .limit(CANDIDATE_LIMIT)
                .map(BridgeTransport::knownAttributes)
                .toList();
        if (credentials.isEmpty() || fingerprint.isEmpty() || candidates.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> channelUrl = transport
                .child("web-socket", Namespaces.COLIBRI)
                .map(socket -> socket.attribute("url"))
                .filter(url -> url.startsWith("ws://") || url.startsWith("wss://"));
        return Optional.of(new BridgeTransport(
                credentials.get(),
                fingerprint.get(),
                candidates,
                IceGeneration.of(transport).orElse(0),
                channelUrl));
    }

    /** The element for a client's offer. */
    public XmlElement toXml() {
        XmlElement.Builder transport = XmlElement.element("transport", Namespaces.ICE_UDP)
                .with("ufrag", credentials.ufrag())
                .with("pwd", credentials.password())
                .with(IceGeneration.ATTRIBUTE, IceGeneration.written(generation));
        channelUrl.ifPresent(url -> transport.with(
                XmlElement.element("web-socket", Namespaces.COLIBRI).with("url", url)));
        return transport
                .with(XmlElement.element("rtcp-mux", Namespaces.ICE_UDP))
                .with(fingerprint.toXml())
                .with(candidates)
                .build();
    }

    private static XmlElement knownAttributes(XmlElement candidate) {
        XmlElement.Builder copy = XmlElement.element("candidate", Namespaces.ICE_UDP);
        CANDIDATE_ATTRIBUTES.forEach(name -> copy.with(name, candidate.attribute(name)));
        return copy.build();
    }
}
