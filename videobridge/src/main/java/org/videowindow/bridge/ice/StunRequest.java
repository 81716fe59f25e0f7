package org.videowindow.bridge.ice;

import java.util.zip.CRC32;

/**
 * View of a STUN binding request (RFC 8489 section 5). One per worker, filled again for each message; nothing is
 * allocated and no byte is trusted before its bounds are checked.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |0 0|     message type          |         message length        |
 * |                         magic cookie                          |
 * |                  transaction id (96 bits)                     |
 * |        attribute type         |       attribute length        |
 * |                value, padded to 32 bits  ....
 * </pre>
 */
public final class StunRequest {
    /** Longest user name taken: 8 characters of ours, a colon, 256 of theirs (RFC 8445 section 5.3). */
    private static final int LONGEST_USERNAME = UserFragment.LENGTH + 1 + 256;

    private static final int MOST_UNKNOWN = 8;

    /** What a datagram turned out to be. */
    public enum Verdict {
        /** A binding request whose form and FINGERPRINT are right; who sent it is not known yet. */
        REQUEST,
        /** STUN, but not a binding request. */
        OTHER,
        /** Not STUN, or broken. */
        MALFORMED
    }

    private final CRC32 crc = new CRC32();
    private final byte[] computed = new byte[HmacSha1.LENGTH];
    private final byte[] patchedLength = new byte[2];
    private final int[] unknown = new int[MOST_UNKNOWN];

    private byte[] bytes;
    private int start;
    private int username;
    private int usernameLength;
    private int integrity;
    private int unknownCount;
    private boolean priority;
    private boolean useCandidate;
    private boolean controlled;
    private boolean controlling;

    /** Reads a datagram. The other methods may be called only after {@link Verdict#REQUEST}. */
    public Verdict read(byte[] buffer, int offset, int length) {
        bytes = buffer;
        start = offset;
        username = -1;
        usernameLength = 0;
        integrity = -1;
        unknownCount = 0;
        priority = false;
        useCandidate = false;
        controlled = false;
        controlling = false;
        if (length < Stun.HEADER
                || (buffer[offset] & 0xc0) != 0
                || Stun.i32(buffer, offset + 4) != Stun.MAGIC_COOKIE
                || (length & 3) != 0
                || Stun.u16(buffer, offset + 2) != length - Stun.HEADER) {
            return Verdict.MALFORMED;
        }
        if (Stun.u16(buffer, offset) != Stun.BINDING_REQUEST) {
            return Verdict.OTHER;
        }
        return readAttributes(offset + length) ? Verdict.REQUEST : Verdict.MALFORMED;
    }

    private boolean readAttributes(int end) {
        int at = start + Stun.HEADER;
        while (at < end) {
            if (end - at < 4) {
                return false;
            }
            int type = Stun.u16(bytes, at);
            int length = Stun.u16(bytes, at + 2);
            int next = at + 4 + ((length + 3) & ~3);
            if (next > end) {
                return false;
            }
            if (type == Stun.FINGERPRINT) {
                // Must be the last one (RFC 8489 section 14.7), and ICE demands it (RFC 8445 section 7.1.1).
                return length == 4 && next == end && fingerprintIsRight(at);
            }
            // Whatever follows MESSAGE-INTEGRITY is not protected by it and is ignored (section 14.5).
            if (integrity < 0 && !readAttribute(type, at, length)) {
                return false;
            }
            at = next;
        }
        return false;
    }

    private boolean readAttribute(int type, int at, int length) {
        switch (type) {
            case Stun.USERNAME -> {
                if (length > LONGEST_USERNAME) {
                    return false;
                }
                if (username < 0) {
                    username = at + 4;
                    usernameLength = length;
                }
            }
            case Stun.MESSAGE_INTEGRITY -> {
                if (length != HmacSha1.LENGTH) {
                    return false;
                }
                integrity = at;
            }
            case Stun.PRIORITY -> priority = length == 4;
            case Stun.USE_CANDIDATE -> useCandidate = true;
            case Stun.ICE_CONTROLLED -> controlled = length == 8;
            case Stun.ICE_CONTROLLING -> controlling = length == 8;
            default -> {
                if (type < 0x8000 && !Stun.isUnderstood(type) && unknownCount < MOST_UNKNOWN) {
                    unknown[unknownCount++] = type;
                }
            }
        }
        return true;
    }

    private boolean fingerprintIsRight(int at) {
        crc.reset();
        crc.update(bytes, start, at - start);
        return ((int) crc.getValue() ^ Stun.FINGERPRINT_XOR) == Stun.i32(bytes, at + 4);
    }

    /** The fragment before the colon in packed form ({@link UserFragment}), or {@link UserFragment#NONE}. */
    public long localFragment() {
        if (username < 0
                || integrity < 0
                || usernameLength < UserFragment.LENGTH + 1
                || bytes[username + UserFragment.LENGTH] != ':') {
            return UserFragment.NONE;
        }
        return UserFragment.pack(bytes, username);
    }

    /** Whether the fragment behind the colon is this one. */
    boolean remoteFragmentIs(byte[] fragment) {
        int at = username + UserFragment.LENGTH + 1;
        if (usernameLength - UserFragment.LENGTH - 1 != fragment.length) {
            return false;
        }
        for (int i = 0; i < fragment.length; i++) {
            if (bytes[at + i] != fragment[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether MESSAGE-INTEGRITY was made with this key (RFC 8489 section 14.5). */
    boolean isAuthentic(HmacSha1 hmac, HmacSha1.Key key) {
        if (integrity < 0) {
            return false;
        }
        // The hash covers the header with a length that ends at this attribute.
        Stun.putU16(patchedLength, 0, integrity - start - Stun.HEADER + 4 + HmacSha1.LENGTH);
        hmac.begin(key);
        hmac.update(bytes, start, 2);
        hmac.update(patchedLength, 0, 2);
        hmac.update(bytes, start + 4, integrity - start - 4);
        hmac.end(key, computed, 0);
        int difference = 0;
        for (int i = 0; i < HmacSha1.LENGTH; i++) {
            difference |= computed[i] ^ bytes[integrity + 4 + i];
        }
        return difference == 0;
    }

    boolean hasPriority() {
        return priority;
    }

    boolean isNominating() {
        return useCandidate;
    }

    boolean isFromControlled() {
        return controlled;
    }

    boolean isFromControlling() {
        return controlling;
    }

    int unknownCount() {
        return unknownCount;
    }

    int unknownType(int index) {
        return unknown[index];
    }

    void copyTransactionId(byte[] target, int at) {
        System.arraycopy(bytes, start + Stun.TRANSACTION_ID, target, at, Stun.TRANSACTION_ID_LENGTH);
    }

    boolean transactionIdIs(byte[] other, int at) {
        for (int i = 0; i < Stun.TRANSACTION_ID_LENGTH; i++) {
            if (bytes[start + Stun.TRANSACTION_ID + i] != other[at + i]) {
                return false;
            }
        }
        return true;
    }
}
