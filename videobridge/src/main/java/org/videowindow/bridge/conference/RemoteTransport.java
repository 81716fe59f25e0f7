package org.videowindow.bridge.conference;

import java.util.List;

/**
 * What an endpoint signalled about its own side. Clients send no candidates: the bridge learns their address from
 * their connectivity checks.
 *
 * @param ufrag ICE user fragment, 4 to 256 characters
 * @param password ICE password, 22 to 256 characters
 * @param fingerprints of the certificate it will present; at least one with sha-256, sha-384 or sha-512
 * @param generation the ICE restart that the credentials answer, 0 for the first credentials, {@link #UNTOLD} when not
 *     told, which means the present ones
 * @param setup {@link DtlsSetup#ACTIVE} or {@link DtlsSetup#ACTPASS}; {@link DtlsSetup#PASSIVE} is refused
 */
public record RemoteTransport(
        String ufrag, String password, List<Fingerprint> fingerprints, DtlsSetup setup, int generation) {
    /** Stands for the present generation. */
    public static final int UNTOLD = -1;

    /** What is said of the present generation. */
    public RemoteTransport(String ufrag, String password, List<Fingerprint> fingerprints, DtlsSetup setup) {
        this(ufrag, password, fingerprints, setup, UNTOLD);
    }

    public RemoteTransport {
        fingerprints = List.copyOf(fingerprints);
    }

    @Override
    public String toString() {
        return "RemoteTransport[ufrag=" + ufrag + ", fingerprints=" + fingerprints + ", setup=" + setup + "]";
    }
}
