package org.videowindow.portal.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SessionAnswers;
import org.videowindow.portal.session.SignedIn;

/** One's own account: changing, exporting and deleting it. */
@RestController
@RequestMapping("/api/v1/account")
@Tag(name = "Own account")
final class OwnAccountController {
    private static final Logger log = LoggerFactory.getLogger(OwnAccountController.class);

    private final OwnAccount own;
    private final SessionAnswers answers;
    private final AddressConfirmation confirmation;
    private final RateLimits limits;
    private final List<PersonalData> personalData;
    private final Audit audit;
    private final boolean mail;

    OwnAccountController(
            OwnAccount own,
            SessionAnswers answers,
            AddressConfirmation confirmation,
            RateLimits limits,
            List<PersonalData> personalData,
            Audit audit,
            PortalProperties properties) {
        this.own = own;
        this.answers = answers;
        this.confirmation = confirmation;
        this.limits = limits;
        this.personalData = personalData;
        this.audit = audit;
        this.mail = properties.mail().configured();
    }

    /** What is null stays as it is; another address needs the password. */
    record AccountChange(
            @Nullable String name,
            @Nullable String email,
            @Nullable String password) {}

    record ChangedAccount(AccountView account) {}

    record PasswordChange(
            @Nullable String password, @Nullable String newPassword) {}

    record Confirmation(@Nullable String password) {}

    /** The account's own row, for the export. */
    record AccountData(
            UUID id,
            String email,
            boolean emailVerified,
            String name,
            boolean administrator,
            boolean hasPassword,
            Instant createdAt,
            @Nullable Instant lastSignInAt) {}

    @PatchMapping
    @Operation(
            summary = "Change your name or e-mail address",
            description = "A new address gets a mail with a link; the old one stays until that was opened.")
    ChangedAccount change(
            @AuthenticationPrincipal SignedIn me, @RequestBody AccountChange body, HttpServletRequest request) {
        if (body.email() != null) {
            if (!mail) {
                throw new ProblemException(ProblemCode.MAIL_NOT_CONFIGURED);
            }
            String address = limited(me, request, () -> own.newAddress(me, body.email(), body.password()));
            confirmation.ask(own.require(me.accountId()), address);
        }
        Account account = body.name() == null ? own.require(me.accountId()) : own.rename(me.accountId(), body.name());
        return new ChangedAccount(AccountView.of(account));
    }

    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Change your password", description = "Ends all other sessions.")
    void changePassword(
            @AuthenticationPrincipal SignedIn me, @RequestBody PasswordChange body, HttpServletRequest request) {
        limited(me, request, () -> own.changePassword(me, body.password(), body.newPassword()));
        log.info("Account {} has changed its password", me.accountId());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete your account with its meetings",
            description = "Needs the password; without one a sign-in in the last ten minutes. Cannot be undone.")
    void delete(
            @AuthenticationPrincipal SignedIn me,
            @RequestBody(required = false) @Nullable Confirmation body,
            HttpServletRequest request,
            HttpServletResponse response) {
        limited(me, request, () -> {
            own.delete(me, body == null ? null : body.password());
            return true;
        });
        answers.end(request, response);
        log.info("Account {} has deleted itself", me.accountId());
    }

    @GetMapping("/data")
    @Operation(summary = "Everything that is kept about you, as JSON")
    ResponseEntity<Map<String, Object>> data(@AuthenticationPrincipal SignedIn me) {
        Account account = own.require(me.accountId());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(
                "account",
                new AccountData(
                        account.id(),
                        account.email(),
                        account.emailVerified(),
                        account.name(),
                        account.administrator(),
                        account.hasPassword(),
                        account.createdAt(),
                        account.lastSignInAt()));
        personalData.forEach(part -> data.put(part.name(), part.of(account.id())));
        audit.record(AuditKind.DATA_EXPORTED, account.id(), account.id());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"video-window-account.json\"")
                .body(data);
    }

    /** Guessing the password here is limited like guessing it at the sign-in. */
    private <T> T limited(SignedIn me, HttpServletRequest request, Supplier<T> action) {
        String address = request.getRemoteAddr();
        String email = own.require(me.accountId()).email();
        limits.beforeSignIn(email, address);
        T result = action.get();
        limits.signedIn(email, address);
        return result;
    }
}
