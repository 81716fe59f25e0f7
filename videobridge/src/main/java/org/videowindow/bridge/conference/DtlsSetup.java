package org.videowindow.bridge.conference;

/** Who starts the DTLS handshake (RFC 4145 section 4, RFC 8842). The bridge is always the DTLS server. */
public enum DtlsSetup {
    ACTIVE,
    PASSIVE,
    ACTPASS
}
