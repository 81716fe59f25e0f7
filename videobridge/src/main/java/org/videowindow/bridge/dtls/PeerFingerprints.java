package org.videowindow.bridge.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fingerprints a peer has signalled for its certificate (RFC 8122 section 5). Of several hash functions the strongest
 * counts and the others are not looked at, so that nobody gains by adding a weak one; md5, sha-1 and unknown functions
 * never count. Immutable.
 */
public final class PeerFingerprints {
    private static final int MOST = 16;

    private enum Hash {
        SHA_256("sha-256", "SHA-256", 32),
        SHA_384("sha-384", "SHA-384", 48),
        SHA_512("sha-512", "SHA-512", 64);

        private final String signalled;
        private final String algorithm;
        private final int length;

        Hash(String signalled, String algorithm, int length) {
            this.signalled = signalled;
            this.algorithm = algorithm;
            this.length = length;
        }
    }

    private final Hash hash;
    private final List<byte[]> digests;

    private PeerFingerprints(Hash hash, List<byte[]> digests) {
        this.hash = hash;
        this.digests = digests;
    }

    /** Collects what a peer signalled; made on the signalling side, one call per fingerprint. */
    public static final class Builder {
        private final List<Hash> hashes = new ArrayList<>();
        private final List<byte[]> digests = new ArrayList<>();

        /** Adds one; broken ones and ones with a weak or unknown hash function are left out. */
        public Builder add(String hashName, String value) {
            for (Hash hash : Hash.values()) {
                if (hash.signalled.equals(hashName.toLowerCase(Locale.ROOT)) && digests.size() < MOST) {
                    parse(value, hash.length).ifPresent(digest -> {
                        hashes.add(hash);
                        digests.add(digest);
                    });
                }
            }
            return this;
        }

        private static Optional<byte[]> parse(String value, int length) {
            if (value.length() != 3 * length - 1) {
                return Optional.empty();
            }
            try {
                return Optional.of(HexFormat.ofDelimiter(":").parseHex(value));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Nothing when no acceptable fingerprint was added. */
        public Optional<PeerFingerprints> build() {
            return hashes.stream().max(Hash::compareTo).map(strongest -> {
                List<byte[]> kept = new ArrayList<>();
                for (int i = 0; i < hashes.size(); i++) {
                    if (hashes.get(i) == strongest) {
                        kept.add(digests.get(i));
                    }
                }
                return new PeerFingerprints(strongest, kept);
            });
        }
    }

    /** Whether this certificate (DER) is the one that was signalled; takes the same time wherever bytes differ. */
    public boolean match(byte[] certificate) {
        byte[] actual = digest(hash.algorithm, certificate);
        boolean matched = false;
        for (byte[] digest : digests) {
            matched |= MessageDigest.isEqual(actual, digest);
        }
        return matched;
    }

    /** Whether the same certificates match. */
    public boolean isSameAs(PeerFingerprints other) {
        if (hash != other.hash || digests.size() != other.digests.size()) {
            return false;
        }
        for (int i = 0; i < digests.size(); i++) {
            if (!MessageDigest.isEqual(digests.get(i), other.digests.get(i))) {
                return false;
            }
        }
        return true;
    }

    static String text(String algorithm, byte[] certificate) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest(algorithm, certificate));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm + ".", e);
        }
    }
}
