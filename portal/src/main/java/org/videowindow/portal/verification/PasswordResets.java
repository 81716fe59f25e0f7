package org.videowindow.portal.verification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.AccountRepository;
import org.videowindow.portal.account.OwnAccount;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.mail.Mail;
import org.videowindow.portal.mail.Mailer;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** A new password for somebody who can read the account's mail. */
@Service
public class PasswordResets {
    private static final Logger log = LoggerFactory.getLogger(PasswordResets.class);

    private final MailLinks links;
    private final Mailer mailer;
    private final AccountRepository accounts;
    private final OwnAccount own;
    private final Audit audit;
    private final TransactionOperations transactions;

    PasswordResets(
            MailLinks links,
            Mailer mailer,
            AccountRepository accounts,
            OwnAccount own,
            Audit audit,
            TransactionOperations transactions) {
        this.links = links;
        this.mailer = mailer;
        this.accounts = accounts;
        this.own = own;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * Sends a link to an address if there is such an account. Looks that up on the mail thread, so that neither the
     * answer nor its time tells.
     *
     * @param email in the form of {@link org.videowindow.portal.account.EmailAddress}
     */
    void request(String email) {
        mailer.send(() -> transactions.execute(status -> write(email)));
    }

    private Optional<Mail> write(String email) {
        Optional<Account> account =
                accounts.findByEmail(email).filter(Account::hasPassword).filter(found -> !found.disabled());
        Optional<Mail> mail = account.flatMap(found -> links.write(LinkPurpose.RESET, found, email));
        if (mail.isPresent()) {
            audit.record(
                    AuditKind.PASSWORD_RESET_REQUESTED, account.orElseThrow().id(), null);
        }
        return mail;
    }

    /** Sets a new password and ends all sessions, or refuses with {@code link-expired} or {@code invalid}. */
    void reset(String token, @Nullable String password) {
        MailLinks.Link link = links.read(LinkPurpose.RESET, token).orElseThrow(PasswordResets::expired);
        String hash = own.hashNew(password, link.email());
        transactions.executeWithoutResult(status -> {
            Account account = accounts.lockById(link.accountId())
                    .filter(found -> found.email().equals(link.email()) && !found.disabled())
                    .orElseThrow(PasswordResets::expired);
            if (!links.take(link, token)) {
                throw expired();
            }
            own.resetPassword(account, hash);
        });
        log.info("Account {} has reset its password", link.accountId());
    }

    private static ProblemException expired() {
        return new ProblemException(ProblemCode.LINK_EXPIRED);
    }
}
