package org.videowindow.portal.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.AccountAdministration;
import org.videowindow.portal.account.OwnAccount;
import org.videowindow.portal.session.SignedIn;

/** The accounts, for administrators. */
@RestController
@RequestMapping("/api/v1/admin/users")
@Tag(name = "Administration")
final class UsersController {
    private static final Logger log = LoggerFactory.getLogger(UsersController.class);

    private final AccountAdministration accounts;
    private final OwnAccount own;

    UsersController(AccountAdministration accounts, OwnAccount own) {
        this.accounts = accounts;
        this.own = own;
    }

    @Schema(name = "User")
    record UserView(
            UUID id,
            String email,
            boolean emailVerified,
            String name,
            boolean administrator,
            boolean disabled,
            Instant createdAt,
            @Nullable Instant lastSignInAt) {
        private static UserView of(Account account) {
            return new UserView(
                    account.id(),
                    account.email(),
                    account.emailVerified(),
                    account.name(),
                    account.administrator(),
                    account.disabled(),
                    account.createdAt(),
                    account.lastSignInAt());
        }
    }

    /** What is null stays as it is. */
    record UserChange(
            @Nullable Boolean administrator, @Nullable Boolean disabled) {}

    record UserList(List<UserView> users, int page, int pages, long total) {}

    @GetMapping
    @Operation(summary = "Accounts whose name or address contains a text, newest first")
    UserList list(@RequestParam(defaultValue = "") String query, @RequestParam(defaultValue = "1") int page) {
        Page<Account> found = accounts.search(query, PageNumber.of(page));
        return new UserList(
                found.map(UserView::of).getContent(),
                PageNumber.of(found),
                PageNumber.pages(found.getTotalElements()),
                found.getTotalElements());
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Make an account administrator or not, disable or enable it")
    UserView change(@AuthenticationPrincipal SignedIn me, @PathVariable UUID id, @RequestBody UserChange body) {
        UserView changed = UserView.of(accounts.change(me.accountId(), id, body.administrator(), body.disabled()));
        log.info("Administrator {} has changed account {}", me.accountId(), id);
        return changed;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete an account with its meetings")
    void delete(@AuthenticationPrincipal SignedIn me, @PathVariable UUID id) {
        own.delete(id, me.accountId());
        log.info("Administrator {} has deleted account {}", me.accountId(), id);
    }
}
