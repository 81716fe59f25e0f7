package org.videowindow.portal.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.database.Timestamps;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SessionAnswers;
import org.videowindow.portal.session.SessionTokens;
import org.videowindow.portal.session.Sessions;

/** Begins sessions, once it is clear whose they are, and writes down that they began and ended. */
@Component
public class SignIns {
    private final AccountRepository accounts;
    private final Administrators administrators;
    private final Sessions sessions;
    private final SessionAnswers answers;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final Clock clock;

    SignIns(
            AccountRepository accounts,
            Administrators administrators,
            Sessions sessions,
            SessionAnswers answers,
            Audit audit,
            TransactionOperations transactions,
            Clock clock) {
        this.accounts = accounts;
        this.administrators = administrators;
        this.sessions = sessions;
        this.answers = answers;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Begins a browser's session: the answer carries its cookies.
     *
     * @param how for the audit log: the word "password", or a provider's id
     * @return the account as it is now
     */
    public Account inBrowser(Account account, String how, HttpServletRequest request, HttpServletResponse response) {
        return begin(account, how, () -> answers.begin(account.id(), request, response))
                .account();
    }

    /** Begins an app's session. */
    Begun inApp(Account account, String how) {
        return begin(account, how, () -> sessions.begin(account.id()));
    }

    /** A session that has begun, and the account as it is now. */
    record Begun(Account account, SessionTokens tokens) {}

    private Begun begin(Account account, String how, Supplier<SessionTokens> session) {
        return transactions.execute(status -> {
            Account row = accounts.lockById(account.id())
                    .filter(found -> !found.disabled()) // Disabled since the password was checked, say.
                    .orElseThrow(() -> new ProblemException(ProblemCode.WRONG_CREDENTIALS));
            row.lastSignInAt(Timestamps.now(clock));
            administrators.considerAddress(row);
            accounts.saveAndFlush(row);
            audit.record(AuditKind.SIGN_IN, row.id(), row.id(), how);
            return new Begun(row, session.get());
        });
    }

    @EventListener
    void copied(Sessions.RefreshTokenReused event) {
        audit.record(AuditKind.SESSION_REUSED, event.accountId(), null);
    }
}
