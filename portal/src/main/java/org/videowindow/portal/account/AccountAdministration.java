package org.videowindow.portal.account;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.Sessions;

/** What administrators do with the accounts of others. Whoever calls this has checked that they are one. */
@Service
public class AccountAdministration {
    private static final int LONGEST_QUERY = 100;

    private final AccountRepository accounts;
    private final Administrators administrators;
    private final Sessions sessions;
    private final Audit audit;

    AccountAdministration(AccountRepository accounts, Administrators administrators, Sessions sessions, Audit audit) {
        this.accounts = accounts;
        this.administrators = administrators;
        this.sessions = sessions;
        this.audit = audit;
    }

    /** Whether an account may administrate now. Read from the database each time: roles end at once. */
    @Transactional(readOnly = true)
    public boolean isAdministrator(UUID id) {
        return accounts.findById(id)
                .map(account -> account.administrator() && !account.disabled())
                .orElse(false);
    }

    /** Accounts whose name or address contains a text, newest first. */
    @Transactional(readOnly = true)
    public Page<Account> search(String query, PageRequest page) {
        return accounts.search(pattern(query), page);
    }

    /**
     * Changes what is given and leaves what is null. Disabling ends all sessions.
     *
     * @throws ProblemException {@code no-such-account}, {@code last-administrator}
     */
    @Transactional
    public Account change(UUID actor, UUID id, @Nullable Boolean administrator, @Nullable Boolean disabled) {
        Account account = accounts.lockById(id).orElseThrow(() -> new ProblemException(ProblemCode.NO_SUCH_ACCOUNT));
        if (administrator != null) {
            administrators.set(account, administrator, actor);
        }
        if (disabled != null && disabled != account.disabled()) {
            if (disabled) {
                administrators.requireAnother(account);
                sessions.endAll(id);
            }
            account.disabled(disabled);
            audit.record(disabled ? AuditKind.ACCOUNT_DISABLED : AuditKind.ACCOUNT_ENABLED, id, actor);
        }
        return accounts.saveAndFlush(account);
    }

    /** For SQL's LIKE: contains the text, whatever its case; characters that mean something there are taken as they are. */
    public static String pattern(String query) {
        String text = query.strip().toLowerCase(Locale.ROOT);
        String cut = text.length() > LONGEST_QUERY ? text.substring(0, LONGEST_QUERY) : text;
        return "%" + cut.replaceAll("[!%_]", "!$0") + "%";
    }
}
