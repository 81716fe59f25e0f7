package org.videowindow.portal.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** An account as others in the same meeting's settings see it. */
@Schema(name = "Person")
public record PersonView(UUID id, String email, String name) {
    /** What others may know of an account. */
    public static PersonView of(Account account) {
        return new PersonView(account.id(), account.email(), account.name());
    }
}
