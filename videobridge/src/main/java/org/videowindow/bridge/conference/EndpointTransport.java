package org.videowindow.bridge.conference;

import java.util.List;

/**
 * What the bridge offers an endpoint.
 *
 * @param ufrag ICE user fragment of the bridge for this endpoint
 * @param password ICE password of the bridge for this endpoint
 * @param fingerprint of the bridge's certificate
 * @param setup always {@link DtlsSetup#ACTPASS}: the client becomes the DTLS client
 * @param candidates where the bridge can be reached
 * @param generation how many ICE restarts came before; 0 until the first
 * @param channelPassword secret for the bridge channel of this endpoint
 */
public record EndpointTransport(
        String ufrag,
        String password,
        Fingerprint fingerprint,
        DtlsSetup setup,
        List<TransportCandidate> candidates,
        int generation,
        String channelPassword) {
    public EndpointTransport {
        candidates = List.copyOf(candidates);
    }

    /** A transport before the first restart. */
    public EndpointTransport(
            String ufrag,
            String password,
            Fingerprint fingerprint,
            DtlsSetup setup,
            List<TransportCandidate> candidates,
            String channelPassword) {
        this(ufrag, password, fingerprint, setup, candidates, 0, channelPassword);
    }

    /** The same endpoint with the credentials of a restart. */
    EndpointTransport restarted(String newUfrag, String newPassword, int newGeneration) {
        return new EndpointTransport(
                newUfrag, newPassword, fingerprint, setup, candidates, newGeneration, channelPassword);
    }

    @Override
    public String toString() {
        return "EndpointTransport[ufrag=" + ufrag + ", candidates=" + candidates + "]";
    }
}
