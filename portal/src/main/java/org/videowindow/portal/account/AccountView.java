package org.videowindow.portal.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * An account as its owner sees it.
 *
 * @param emailVerified whether the address was confirmed by the link in a mail
 * @param administrator whether the account may use the administration
 * @param hasPassword false: its owner signs in at a provider, and there is no password to ask for
 */
@Schema(name = "Account")
public record AccountView(
        UUID id, String email, String name, boolean emailVerified, boolean administrator, boolean hasPassword) {
    /** The owner's view of an account. */
    public static AccountView of(Account account) {
        return new AccountView(
                account.id(),
                account.email(),
                account.name(),
                account.emailVerified(),
                account.administrator(),
                account.hasPassword());
    }
}
