package org.videowindow.portal.verification;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.Accounts;
import org.videowindow.portal.account.EmailAddress;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.mail.Mailer;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SignedIn;

/** What the links in mails lead to, and how to get such mails. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Mail")
final class VerificationController {
    private final EmailVerifications verifications;
    private final PasswordResets resets;
    private final Accounts accounts;
    private final Mailer mailer;
    private final RateLimits limits;

    VerificationController(
            EmailVerifications verifications,
            PasswordResets resets,
            Accounts accounts,
            Mailer mailer,
            RateLimits limits) {
        this.verifications = verifications;
        this.resets = resets;
        this.accounts = accounts;
        this.mailer = mailer;
        this.limits = limits;
    }

    record ResetRequest(@Nullable String email) {}

    record NewPassword(@Nullable String password) {}

    @PostMapping("/email-verifications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send the mail that confirms your address once more")
    void sendAgain(@AuthenticationPrincipal SignedIn me) {
        mailer.requireConfigured();
        Account account =
                accounts.find(me.accountId()).orElseThrow(() -> new ProblemException(ProblemCode.SIGN_IN_REQUIRED));
        if (!account.emailVerified()) {
            verifications.ask(account, account.email());
        }
    }

    @PostMapping("/email-verifications/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Confirm the address that a mail with this token was sent to; needs no session")
    void confirm(@PathVariable String token) {
        verifications.confirm(token);
    }

    @PostMapping("/password-resets")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send a mail for choosing a new password",
            description = "Answers the same, in the same time, whether anybody has signed up with the address or not.")
    void requestReset(@RequestBody ResetRequest body, HttpServletRequest request) {
        mailer.requireConfigured();
        Optional<String> email = EmailAddress.parse(body.email() == null ? "" : body.email());
        limits.beforeMail(email.orElse("nobody"), request.getRemoteAddr());
        email.ifPresent(resets::request);
    }

    @PutMapping("/password-resets/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Choose a new password with the token of a mail; ends all sessions of the account")
    void reset(@PathVariable String token, @RequestBody NewPassword body, HttpServletRequest request) {
        limits.beforeMail(request.getRemoteAddr());
        resets.reset(token, body.password());
    }
}
