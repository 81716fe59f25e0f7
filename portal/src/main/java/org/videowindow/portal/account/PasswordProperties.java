package org.videowindow.portal.account;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.password}.
 *
 * @param minLength characters that a new password must have
 * @param memoryKib memory of one Argon2id computation, in KiB
 * @param iterations passes of one Argon2id computation
 * @param parallelHashes computations at the same time; further sign-ins wait
 */
public record PasswordProperties(
        @DefaultValue("10") int minLength,
        @DefaultValue("19456") int memoryKib,
        @DefaultValue("2") int iterations,
        @DefaultValue("2") int parallelHashes) {
    public PasswordProperties {
        requireBetween("portal.password.min-length", minLength, 8, 64);
        requireBetween("portal.password.memory-kib", memoryKib, 7168, 1 << 20);
        requireBetween("portal.password.iterations", iterations, 1, 20);
        requireBetween("portal.password.parallel-hashes", parallelHashes, 1, 64);
    }

    private static void requireBetween(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be between " + least + " and " + most);
        }
    }
}
