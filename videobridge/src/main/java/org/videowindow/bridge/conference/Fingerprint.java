package org.videowindow.bridge.conference;

/**
 * Fingerprint of a certificate (RFC 8122 section 5).
 *
 * @param hash hash function as signalled, e.g. {@code sha-256}
 * @param value upper-case hexadecimal bytes separated by colons
 */
public record Fingerprint(String hash, String value) {}
