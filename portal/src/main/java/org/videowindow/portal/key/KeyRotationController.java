package org.videowindow.portal.key;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.Accounts;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SignedIn;

/** A new signing key on demand: when the old one may have been read by somebody. */
@RestController
@Tag(name = "Administration")
final class KeyRotationController {
    private static final Logger log = LoggerFactory.getLogger(KeyRotationController.class);

    private final SigningKeys keys;
    private final Accounts accounts;

    KeyRotationController(SigningKeys keys, Accounts accounts) {
        this.keys = keys;
        this.accounts = accounts;
    }

    /** The key that takes over, and when. */
    record NextKey(String keyId, Instant signsFrom) {}

    @PostMapping("/api/v1/admin/keys/rotation")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Make a new key for signing tickets",
            description = "It is published at once and signs a minute later. The key before stays published until the "
                    + "last ticket that it signed has expired.")
    NextKey rotate(@AuthenticationPrincipal SignedIn me) {
        if (accounts.find(me.accountId()).filter(Account::administrator).isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_ADMINISTRATOR);
        }
        SigningKey next = keys.rotate(me.accountId());
        log.info("Account {} has asked for a new signing key", me.accountId());
        return new NextKey(next.id(), next.signsFrom());
    }
}
