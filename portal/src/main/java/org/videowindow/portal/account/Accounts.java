package org.videowindow.portal.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.problem.FieldErrors;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** Signing up and checking passwords. Hashing happens outside of transactions: it takes longer than they should. */
@Service
public class Accounts {
    static final int LONGEST_NAME = 60;

    private final AccountRepository accounts;
    private final Administrators administrators;
    private final PasswordHashing hashing;
    private final TransactionOperations transactions;
    private final Audit audit;
    private final Clock clock;
    private final int leastPasswordLength;
    private final boolean signUpOpen;

    Accounts(
            AccountRepository accounts,
            Administrators administrators,
            PasswordHashing hashing,
            TransactionOperations transactions,
            Audit audit,
            Clock clock,
            PortalProperties properties) {
        this.accounts = accounts;
        this.administrators = administrators;
        this.hashing = hashing;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.leastPasswordLength = properties.password().minLength();
        this.signUpOpen = properties.signUp();
    }

    /** Whether people may make accounts themselves; always while there is none. */
    boolean signUpOpen() {
        return signUpOpen || administrators.nobodyYet();
    }

    /** Makes an account, or refuses with {@code invalid}, {@code email-taken} or {@code sign-up-closed}. */
    Account signUp(@Nullable String email, @Nullable String password, @Nullable String name) {
        if (!signUpOpen()) {
            throw new ProblemException(ProblemCode.SIGN_UP_CLOSED);
        }
        FieldErrors errors = new FieldErrors();
        String address = address(email, errors);
        String secret = newPassword(password, address, "password", errors);
        String shown = name(name, errors);
        errors.throwIfAny();

        if (accounts.findByEmail(address).isPresent()) {
            throw new ProblemException(ProblemCode.EMAIL_TAKEN);
        }
        return save(new Account(UUID.randomUUID(), address, shown, hashing.hash(secret), now()));
    }

    /**
     * Makes an account for somebody whom a provider vouches for: with a verified address and without a password. An
     * address that is taken is refused with {@code email-taken}.
     *
     * @param email in the form of {@link EmailAddress}
     * @param name what the provider calls the person; the part before the @ where that is no name
     */
    public Account arriveFromProvider(String email, String name) {
        String shown = PersonName.parse(name, LONGEST_NAME)
                .or(() -> PersonName.parse(email.substring(0, email.indexOf('@')), LONGEST_NAME))
                .orElse("Somebody");
        Account account = new Account(UUID.randomUUID(), email, shown, "", now());
        account.verifiedEmail(email);
        return save(account);
    }

    private Account save(Account account) {
        try {
            return transactions.execute(status -> {
                Account saved = accounts.saveAndFlush(account);
                audit.record(AuditKind.SIGN_UP, saved.id(), saved.id());
                administrators.arrived(saved);
                return saved;
            });
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(ProblemCode.EMAIL_TAKEN); // Two sign-ups at the same moment.
        }
    }

    /**
     * The account, or refuses with {@code wrong-credentials}, after the same time whether the account exists or not. Only
     * who knows the password learns that the account is disabled.
     */
    Account authenticate(String email, String password) {
        Optional<Account> found = accounts.findByEmail(email);
        if (!matches(found.orElse(null), password)) {
            audit.record(AuditKind.SIGN_IN_FAILED, found.map(Account::id).orElse(null), null, "password");
            throw new ProblemException(ProblemCode.WRONG_CREDENTIALS);
        }
        Account account = found.orElseThrow();
        requireEnabled(account);
        if (hashing.outdated(account.passwordHash())) {
            String renewed = hashing.hash(password);
            transactions.executeWithoutResult(
                    status -> accounts.findById(account.id()).ifPresent(a -> a.passwordHash(renewed)));
        }
        return account;
    }

    /** Refuses with {@code account-disabled}. */
    public void requireEnabled(Account account) {
        if (account.disabled()) {
            audit.record(AuditKind.SIGN_IN_FAILED, account.id(), null, "disabled");
            throw new ProblemException(ProblemCode.ACCOUNT_DISABLED);
        }
    }

    /** Whether this is the account's password; takes as long where there is no account or it has no password. */
    boolean matches(@Nullable Account account, String password) {
        String hash = account == null || !account.hasPassword() ? null : account.passwordHash();
        return password.length() <= 2 * PasswordRules.MOST && hashing.matches(password, hash);
    }

    /** The hash of a new password, or refuses with {@code invalid}. */
    String hashNew(@Nullable String password, String email, String field) {
        FieldErrors errors = new FieldErrors();
        String secret = newPassword(password, email, field, errors);
        errors.throwIfAny();
        return hashing.hash(secret);
    }

    /** The account with an id that a session carries. */
    public Optional<Account> find(UUID id) {
        return accounts.findById(id);
    }

    /** The account with an address in the form of {@link EmailAddress}. */
    public Optional<Account> findByEmail(String email) {
        return accounts.findByEmail(email);
    }

    static String address(@Nullable String email, FieldErrors errors) {
        String address = EmailAddress.parse(email == null ? "" : email).orElse("");
        if (address.isEmpty()) {
            errors.add("email", "Please enter an e-mail address such as ada@example.org.");
        }
        return address;
    }

    static String name(@Nullable String name, FieldErrors errors) {
        String shown = PersonName.parse(name == null ? "" : name, LONGEST_NAME).orElse("");
        if (shown.isEmpty()) {
            errors.add("name", "Please enter a name of 1 to " + LONGEST_NAME + " characters.");
        }
        return shown;
    }

    private String newPassword(@Nullable String password, String email, String field, FieldErrors errors) {
        String secret = password == null ? "" : password;
        PasswordRules.objection(secret, email, leastPasswordLength)
                .ifPresent(objection -> errors.add(field, objection));
        return secret;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // What both databases keep.
    }
}
