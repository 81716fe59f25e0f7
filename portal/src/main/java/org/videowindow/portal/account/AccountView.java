package org.videowindow.portal.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** An account as its owner sees it. */
@Schema(name = "Account")
public record AccountView(UUID id, String email, String name) {
    /** The public part of an account. */
    public static AccountView of(Account account) {
        return new AccountView(account.id(), account.email(), account.name());
    }
}
