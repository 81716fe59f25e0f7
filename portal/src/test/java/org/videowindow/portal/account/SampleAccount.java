package org.videowindow.portal.account;

import java.time.Instant;
import java.util.UUID;

/** Accounts for tests of other packages. */
public final class SampleAccount {
    private SampleAccount() {}

    public static Account with(UUID id) {
        return new Account(id, id + "@example.org", "Somebody", "", Instant.EPOCH);
    }
}
