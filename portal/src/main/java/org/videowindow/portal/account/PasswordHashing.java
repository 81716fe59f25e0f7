package org.videowindow.portal.account;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * Argon2id (RFC 9106). Each computation takes memory and a core for a while, so only a few run at once; a request that
 * has waited too long is refused with {@code busy}. Called by request threads.
 */
@Component
final class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final long LONGEST_WAIT_SECONDS = 5;

    private final Semaphore places;
    private final Argon2PasswordEncoder encoder;
    private final String nobodysHash;

    PasswordHashing(PortalProperties properties) {
        PasswordProperties settings = properties.password();
        places = new Semaphore(settings.parallelHashes(), true);
        encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, settings.memoryKib(), settings.iterations());
        nobodysHash = "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(settings.memoryKib(), settings.iterations(), random(SALT_BYTES), random(HASH_BYTES));
    }

    /** The hash to keep for a new password. */
    String hash(String password) {
        enter();
        try {
            return String.valueOf(encoder.encode(PasswordRules.normalized(password)));
        } finally {
            places.release();
        }
    }

    /**
     * Whether a password is right. Where there is no account the same work is done against a hash that belongs to no
     * password, so that the time of the answer does not tell who has signed up.
     */
    boolean matches(String password, @Nullable String hash) {
        enter();
        try {
            return encoder.matches(PasswordRules.normalized(password), hash == null ? nobodysHash : hash)
                    && hash != null;
        } finally {
            places.release();
        }
    }

    /** Whether a hash was made with other settings than today's. */
    boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private void enter() {
        try {
            if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new ProblemException(ProblemCode.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.BUSY);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }
}
