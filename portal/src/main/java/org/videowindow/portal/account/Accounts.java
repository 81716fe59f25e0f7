package org.videowindow.portal.account;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.problem.FieldErrors;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** Signing up and checking passwords. Hashing happens outside of transactions: it takes longer than they should. */
@Service
public class Accounts {
    static final int LONGEST_NAME = 60;

    private final AccountRepository accounts;
    private final PasswordHashing hashing;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final int leastPasswordLength;

    Accounts(
            AccountRepository accounts,
            PasswordHashing hashing,
            TransactionOperations transactions,
            Clock clock,
            PortalProperties properties) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.transactions = transactions;
        this.clock = clock;
        this.leastPasswordLength = properties.password().minLength();
    }

    /** Makes an account, or refuses with {@code invalid} or {@code email-taken}. */
    Account signUp(@Nullable String email, @Nullable String password, @Nullable String name) {
        FieldErrors errors = new FieldErrors();
        String address = EmailAddress.parse(email == null ? "" : email).orElse("");
        if (address.isEmpty()) {
            errors.add("email", "Please enter an e-mail address such as ada@example.org.");
        }
        String secret = password == null ? "" : password;
        PasswordRules.objection(secret, address, leastPasswordLength)
                .ifPresent(objection -> errors.add("password", objection));
        String shown = PersonName.parse(name == null ? "" : name, LONGEST_NAME).orElse("");
        if (shown.isEmpty()) {
            errors.add("name", "Please enter a name of 1 to " + LONGEST_NAME + " characters.");
        }
        errors.throwIfAny();

        if (accounts.findByEmail(address).isPresent()) {
            throw new ProblemException(ProblemCode.EMAIL_TAKEN);
        }
        Account account = new Account(
                UUID.randomUUID(),
                address,
                shown,
                hashing.hash(secret),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        try {
            return accounts.saveAndFlush(account);
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(ProblemCode.EMAIL_TAKEN); // Two sign-ups at the same moment.
        }
    }

    /** The account, or refuses with {@code wrong-credentials}, after the same time whether the account exists or not. */
    Account authenticate(String email, String password) {
        Optional<Account> found = accounts.findByEmail(email);
        String hash = found.map(Account::passwordHash).orElse(null);
        if (password.length() > 2 * PasswordRules.MOST || !hashing.matches(password, hash)) {
            throw new ProblemException(ProblemCode.WRONG_CREDENTIALS);
        }
        Account account = found.orElseThrow();
        if (hashing.outdated(account.passwordHash())) {
            String renewed = hashing.hash(password);
            transactions.executeWithoutResult(
                    status -> accounts.findById(account.id()).ifPresent(a -> a.passwordHash(renewed)));
        }
        return account;
    }

    /** The account with an id that a session carries. */
    public Optional<Account> find(UUID id) {
        return accounts.findById(id);
    }
}
