package org.videowindow.bridge.srtp;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who computes AES-GCM, the cipher that nearly all calls use. Counter mode with HMAC-SHA1 is always the JDK's. */
public enum CryptoProvider {
    /** The first of the others that works here. */
    AUTO,
    /** Intel's libIPSec_MB through the foreign-function API: one call per packet. */
    IPSEC_MB,
    /** OpenSSL's libcrypto through the foreign-function API: five calls per packet. */
    OPENSSL,
    /** The JDK's cipher: works everywhere, leaves about a kilobyte per packet to the garbage collector. */
    JAVA;

    /** The name in configuration and metrics. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The provider to use: itself, or for {@link #AUTO} the first that works.
     *
     * @throws IllegalStateException when this one does not work here; the message is one sentence that says why
     */
    public CryptoProvider resolve() {
        if (this == AUTO) {
            return present().getFirst();
        }
        String whyNot = whyNot();
        if (whyNot != null) {
            throw new IllegalStateException("The crypto provider " + key() + " cannot be used: " + whyNot + ".");
        }
        return this;
    }

    /** All that work here, best first; the last one is {@link #JAVA}. */
    public static List<CryptoProvider> present() {
        return Stream.of(IPSEC_MB, OPENSSL, JAVA)
                .filter(provider -> provider.whyNot() == null)
                .toList();
    }

    /** Library and version, for the log and metrics. */
    public String describe() {
        return switch (resolve()) {
            case IPSEC_MB -> Checked.IPSEC_MB_LIBRARY.describe();
            case OPENSSL -> Checked.OPENSSL_LIBRARY.describe();
            default -> "the JDK";
        };
    }

    /** Why it does not work here, or {@code null}; a library that computes wrong counts as one that does not work. */
    public String whyNot() {
        return switch (this) {
            case IPSEC_MB -> Checked.IPSEC_MB_WHY_NOT;
            case OPENSSL -> Checked.OPENSSL_WHY_NOT;
            default -> null;
        };
    }

    /** The library of a resolved provider, or {@code null} for the JDK. */
    GcmLibrary library() {
        return switch (this) {
            case IPSEC_MB -> Checked.IPSEC_MB_LIBRARY;
            case OPENSSL -> Checked.OPENSSL_LIBRARY;
            default -> null;
        };
    }

    /** Loads and tests the libraries when they are first asked for, once per process. */
    private static final class Checked {
        static final GcmLibrary IPSEC_MB_LIBRARY = new IpsecMb();
        static final GcmLibrary OPENSSL_LIBRARY = new OpenSsl();
        static final String IPSEC_MB_WHY_NOT = check(IPSEC_MB_LIBRARY, IpsecMb.whyNot());
        static final String OPENSSL_WHY_NOT = check(OPENSSL_LIBRARY, OpenSsl.whyNot());

        private static String check(GcmLibrary library, String whyNot) {
            return whyNot == null ? GcmSelfTest.fault(library) : whyNot;
        }
    }
}
