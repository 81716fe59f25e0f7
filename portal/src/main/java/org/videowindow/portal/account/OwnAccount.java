package org.videowindow.portal.account;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.problem.FieldErrors;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.Sessions;
import org.videowindow.portal.session.SignedIn;

/** What people change about their own account. What would lock its owner out asks for the password once more. */
@Service
public class OwnAccount {
    /** How fresh the sign-in of somebody without a password has to be before the account can be deleted. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final AccountRepository rows;
    private final Administrators administrators;
    private final Sessions sessions;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final Clock clock;

    OwnAccount(
            Accounts accounts,
            AccountRepository rows,
            Administrators administrators,
            Sessions sessions,
            Audit audit,
            TransactionOperations transactions,
            Clock clock) {
        this.accounts = accounts;
        this.rows = rows;
        this.administrators = administrators;
        this.sessions = sessions;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    Account require(UUID me) {
        return rows.findById(me).orElseThrow(() -> new ProblemException(ProblemCode.SIGN_IN_REQUIRED));
    }

    Account rename(UUID me, @Nullable String name) {
        FieldErrors errors = new FieldErrors();
        String shown = Accounts.name(name, errors);
        errors.throwIfAny();
        return inTransaction(me, account -> {
            account.name(shown);
            audit.record(AuditKind.NAME_CHANGED, me, me);
        });
    }

    /** Takes a new password; all other sessions end. */
    Account changePassword(SignedIn person, @Nullable String current, @Nullable String password) {
        UUID me = person.accountId();
        Account account = require(me);
        if (!account.hasPassword()) {
            throw new ProblemException(ProblemCode.NO_PASSWORD);
        }
        confirm(account, current);
        String hash = accounts.hashNew(password, account.email(), "newPassword");
        return inTransaction(me, row -> {
            row.passwordHash(hash);
            sessions.endOthers(me, person.sessionId());
            audit.record(AuditKind.PASSWORD_CHANGED, me, me);
        });
    }

    /**
     * Takes a new password from somebody who has shown that the mailbox is theirs; all sessions end. Part of the caller's
     * transaction.
     */
    public void resetPassword(Account account, String hash) {
        account.passwordHash(hash);
        account.verifiedEmail(account.email());
        rows.saveAndFlush(account);
        sessions.endAll(account.id());
        administrators.considerAddress(account);
        audit.record(AuditKind.PASSWORD_RESET, account.id(), null);
    }

    /** Takes an address that was shown to be the owner's. Part of the caller's transaction. */
    public void confirmAddress(Account account, String address) {
        boolean changes = !account.email().equals(address);
        if (changes && rows.findByEmail(address).isPresent()) {
            throw new ProblemException(ProblemCode.EMAIL_TAKEN);
        }
        account.verifiedEmail(address);
        rows.saveAndFlush(account);
        administrators.considerAddress(account);
        audit.record(changes ? AuditKind.EMAIL_CHANGED : AuditKind.EMAIL_VERIFIED, account.id(), null);
    }

    /** The hash of a new password, or refuses with {@code invalid}. */
    public String hashNew(@Nullable String password, String email) {
        return accounts.hashNew(password, email, "password");
    }

    /** An address that the account may change to, or refuses with {@code invalid} or {@code email-taken}. */
    String newAddress(SignedIn me, @Nullable String email, @Nullable String password) {
        FieldErrors errors = new FieldErrors();
        String address = Accounts.address(email, errors);
        errors.throwIfAny();
        Account account = require(me.accountId());
        confirmFresh(account, me, password);
        if (!address.equals(account.email()) && rows.findByEmail(address).isPresent()) {
            throw new ProblemException(ProblemCode.EMAIL_TAKEN);
        }
        return address;
    }

    /** Deletes the account with everything that is its own. */
    void delete(SignedIn me, @Nullable String password) {
        confirmFresh(require(me.accountId()), me, password);
        delete(me.accountId(), me.accountId());
    }

    /**
     * Deletes an account with its meetings, sessions and roles; the audit log keeps its id.
     *
     * @param actor who does it: its owner or an administrator
     */
    public void delete(UUID id, UUID actor) {
        transactions.executeWithoutResult(status -> {
            Account account = rows.lockById(id).orElseThrow(() -> new ProblemException(ProblemCode.NO_SUCH_ACCOUNT));
            administrators.requireAnother(account);
            audit.record(AuditKind.ACCOUNT_DELETED, id, actor);
            rows.delete(account);
        });
    }

    /** Asks once more who it is: by password, or by a fresh sign-in where there is none. */
    private void confirmFresh(Account account, SignedIn me, @Nullable String password) {
        if (account.hasPassword()) {
            confirm(account, password);
        } else if (me.signedInAt().plus(FRESH).isBefore(clock.instant())) {
            throw new ProblemException(ProblemCode.SIGN_IN_AGAIN);
        }
    }

    private void confirm(Account account, @Nullable String password) {
        if (!accounts.matches(account, password == null ? "" : password)) {
            audit.record(AuditKind.SIGN_IN_FAILED, account.id(), account.id(), "confirmation");
            throw new ProblemException(ProblemCode.WRONG_PASSWORD);
        }
    }

    private Account inTransaction(UUID me, Consumer<Account> change) {
        return transactions.execute(status -> {
            Account account = rows.lockById(me).orElseThrow(() -> new ProblemException(ProblemCode.SIGN_IN_REQUIRED));
            change.accept(account);
            return rows.saveAndFlush(account);
        });
    }
}
