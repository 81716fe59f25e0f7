package org.videowindow.bridge.conference;

import java.util.List;

/**
 * What an endpoint signalled about its own side. Clients send no candidates: the bridge learns their address from
 * their connectivity checks.
 *
 * @param ufrag ICE user fragment, 4 to 256 characters
 * @param password ICE password, 22 to 256 characters
 * @param fingerprints of the certificate it will present; at least one with sha-256, sha-384 or sha-512
 * @param setup {@link DtlsSetup#ACTIVE} or {@link DtlsSetup#ACTPASS}; {@link DtlsSetup#PASSIVE} is refused
 */
public record RemoteTransport(String ufrag, String password, List<Fingerprint> fingerprints, DtlsSetup setup) {
    public RemoteTransport {
        fingerprints = List.copyOf(fingerprints);
    }

    @Override
    public String toString() {
        return "RemoteTransport[ufrag=" + ufrag + ", fingerprints=" + fingerprints + ", setup=" + setup + "]";
    }
}
