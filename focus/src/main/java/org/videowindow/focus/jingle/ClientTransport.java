package org.videowindow.focus.jingle;

import java.util.Optional;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * How a client may be reached: by the checks it sends, with these credentials and this certificate. A client's own
 * candidates are not taken: the bridge learns its address from the checks, and nobody can make the bridge send
 * elsewhere.
 *
 * @param generation the ICE restart that the credentials answer, or 0
 */
public record ClientTransport(IceCredentials credentials, Fingerprint fingerprint, int generation) {
    /** As the client says it when it accepts. */
    public ClientTransport(IceCredentials credentials, Fingerprint fingerprint) {
        this(credentials, fingerprint, 0);
    }

    /** The same client, with the credentials of a restart. */
    public ClientTransport restarted(IceCredentials newCredentials, int newGeneration) {
        return new ClientTransport(newCredentials, fingerprint, newGeneration);
    }

    /** Reads what {@link #toXml} has written; empty when it is something else. */
    public static Optional<ClientTransport> of(XmlElement transport) {
        return IceCredentials.of(transport)
                .flatMap(credentials -> Fingerprint.in(transport, "actpass")
                        .map(fingerprint -> new ClientTransport(
                                credentials,
                                fingerprint,
                                IceGeneration.of(transport).orElse(0))));
    }

    /** The element for the bridge. */
    public XmlElement toXml() {
        return XmlElement.element("transport", Namespaces.ICE_UDP)
                .with("ufrag", credentials.ufrag())
                .with("pwd", credentials.password())
                .with(IceGeneration.ATTRIBUTE, IceGeneration.written(generation))
                .with(fingerprint.toXml())
                .with(XmlElement.element("rtcp-mux", Namespaces.ICE_UDP))
                .build();
    }
}
