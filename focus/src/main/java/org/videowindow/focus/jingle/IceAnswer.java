package org.videowindow.focus.jingle;

import java.util.Optional;
import org.videowindow.focus.xml.XmlElement;

/**
 * What a client answers to an ICE restart: its own new credentials.
 *
 * @param generation the restart that it answers; empty when it does not say
 * @param credentials of its checks from now on
 * @param fingerprint of its certificate, where it repeats it
 */
public record IceAnswer(Optional<Integer> generation, IceCredentials credentials, Optional<Fingerprint> fingerprint) {
    /** Reads a transport-info; empty when it has no credentials, which is about candidates. */
    public static Optional<Reading<IceAnswer>> of(JingleRequest request) {
        return request.transport().map(IceAnswer::read);
    }

    private static Reading<IceAnswer> read(XmlElement transport) {
        Optional<Integer> generation = IceGeneration.of(transport);
        if (transport.attribute(IceGeneration.ATTRIBUTE) != null && generation.isEmpty()) {
            return Reading.bad("the ICE generation is malformed");
        }
        Optional<IceCredentials> credentials = IceCredentials.of(transport);
        if (credentials.isEmpty()) {
            return Reading.bad("ufrag or pwd is malformed");
        }
        return new Reading.Good<>(new IceAnswer(generation, credentials.get(), Fingerprint.in(transport, "active")));
    }
}
