package org.videowindow.bridge.dtls;

/**
 * Looks at a datagram of DTLS records (RFC 6347 section 4.1) without decrypting anything. Pure functions.
 *
 * <pre>
 * | type (1) | version (2) | epoch (2) | sequence number (6) | length (2) | fragment ...
 * handshake fragment: | type (1) | length (3) | message sequence (2) | fragment offset (3) | fragment length (3) | ...
 * </pre>
 */
public final class DtlsRecords {
    private static final int HEADER = 13;
    private static final int HANDSHAKE_HEADER = 12;
    private static final int EPOCH = 3;
    private static final int LENGTH = 11;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int CLIENT_HELLO = 1;
    private static final int CERTIFICATE_VERIFY = 15;

    /**
     * Nonce and tag of AES-GCM (RFC 5288), the only cipher that the server agrees to. BouncyCastle drops a protected
     * record with a wrong tag, but ends the session at one that is too short to have any: such a one must not reach it,
     * for anybody who can forge an address can send it.
     */
    private static final int SHORTEST_PROTECTED = 24;

    /** A handshake message of an honest client, its certificate included, stays well below. */
    private static final int LONGEST_MESSAGE = 16_384;

    private DtlsRecords() {}

    /** Whether the datagram is made of whole records of DTLS 1.0 or 1.2 form, and says nothing absurd. */
    public static boolean areWellFormed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (end - at < HEADER) {
                return false;
            }
            int type = bytes[at] & 0xff;
            boolean version =
                    bytes[at + 1] == (byte) 0xfe && (bytes[at + 2] == (byte) 0xff || bytes[at + 2] == (byte) 0xfd);
            int fragment = u16(bytes, at + LENGTH);
            if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || !version || fragment == 0) {
                return false;
            }
            int next = at + HEADER + fragment;
            if (!isClear(bytes, at) && fragment < SHORTEST_PROTECTED) {
                return false;
            }
            if (next > end
                    || (type == HANDSHAKE && isClear(bytes, at) && !fragmentsAreSane(bytes, at + HEADER, next))) {
                return false;
            }
            at = next;
        }
        return length > 0;
    }

    /** One record may carry several handshake fragments; each stays inside its message, the message below the cap. */
    private static boolean fragmentsAreSane(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (end - at < HANDSHAKE_HEADER) {
                return false;
            }
            int total = u24(bytes, at + 1);
            int fragmentOffset = u24(bytes, at + 6);
            int fragmentLength = u24(bytes, at + 9);
            boolean emptyPartOfMore = fragmentLength == 0 && total > 0;
            if (total > LONGEST_MESSAGE || fragmentOffset + fragmentLength > total || emptyPartOfMore) {
                return false;
            }
            at += HANDSHAKE_HEADER + fragmentLength;
        }
        return at == end;
    }

    /** Whether a well-formed datagram begins with the start of a ClientHello: only that may begin a handshake. */
    public static boolean beginHandshake(byte[] bytes, int offset, int length) {
        return length >= HEADER + HANDSHAKE_HEADER
                && bytes[offset] == HANDSHAKE
                && isClear(bytes, offset)
                && bytes[offset + HEADER] == CLIENT_HELLO
                && u24(bytes, offset + HEADER + 6) == 0;
    }

    /**
     * Whether a well-formed datagram begins with an alert that nothing protects. Anybody who can forge an address can
     * send one, so it must not end anything: a handshake whose peer has given up ends by its timeout.
     */
    public static boolean beginWithClearAlert(byte[] bytes, int offset, int length) {
        return length >= HEADER && bytes[offset] == ALERT && isClear(bytes, offset);
    }

    /** What of a client's last flight comes first in a datagram. */
    enum LastFlight {
        /** The end of its CertificateVerify. */
        CERTIFICATE_VERIFY,
        /** Its ChangeCipherSpec, or something protected. */
        CIPHER_CHANGE,
        /** Neither. */
        NEITHER
    }

    /** Looks for the end of the handshake in a well-formed datagram. */
    static LastFlight lastFlight(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += HEADER + u16(bytes, at + LENGTH)) {
            if (bytes[at] == CHANGE_CIPHER_SPEC || !isClear(bytes, at)) {
                return LastFlight.CIPHER_CHANGE;
            }
            if (bytes[at] == HANDSHAKE && endsCertificateVerify(bytes, at + HEADER, u16(bytes, at + LENGTH))) {
                return LastFlight.CERTIFICATE_VERIFY;
            }
        }
        return LastFlight.NEITHER;
    }

    private static boolean endsCertificateVerify(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length; at += HANDSHAKE_HEADER + u24(bytes, at + 9)) {
            if (bytes[at] == CERTIFICATE_VERIFY && u24(bytes, at + 6) + u24(bytes, at + 9) == u24(bytes, at + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isClear(byte[] bytes, int at) {
        return u16(bytes, at + EPOCH) == 0;
    }

    private static int u16(byte[] b, int at) {
        return ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff);
    }

    private static int u24(byte[] b, int at) {
        return (u16(b, at) << 8) | (b[at + 2] & 0xff);
    }
}
