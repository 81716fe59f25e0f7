package org.videowindow.bridge.srtp;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The crypto providers of this machine, for tests that must hold with each of them. */
public final class Providers {
    static {
        for (CryptoProvider provider : CryptoProvider.values()) {
            String whyNot = provider.whyNot();
            if (whyNot != null) {
                System.out.println("Not tested with " + provider.key() + ": " + whyNot + ".");
            }
        }
    }

    private Providers() {}

    /** All that work here. */
    public static List<CryptoProvider> present() {
        return CryptoProvider.present();
    }

    /** Every profile with every provider that computes it differently. */
    public static Stream<Arguments> withProfiles() {
        return Stream.concat(
                present().stream().map(provider -> Arguments.of(SrtpProfile.AEAD_AES_128_GCM, provider)),
                Stream.of(Arguments.of(SrtpProfile.AES128_CM_HMAC_SHA1_80, CryptoProvider.JAVA)));
    }
}
