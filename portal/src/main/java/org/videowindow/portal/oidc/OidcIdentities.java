package org.videowindow.portal.oidc;

import static org.videowindow.portal.database.Timestamps.parameter;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.Accounts;
import org.videowindow.portal.account.PersonalData;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.database.Timestamps;
import org.videowindow.portal.oidc.OidcFailure.Reason;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * Which account belongs to whom at which provider. Issuer and subject decide (OpenID Connect Core 1.0, section 5.7); an
 * e-mail address does so once, the first time, and only when both the provider and we have seen that it is the
 * person's: otherwise whoever types in somebody else's address, there or here, would share the account.
 */
@Service
public class OidcIdentities implements PersonalData {
    private final JdbcClient sql;
    private final Accounts accounts;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final Clock clock;

    OidcIdentities(JdbcClient sql, Accounts accounts, Audit audit, TransactionOperations transactions, Clock clock) {
        this.sql = sql;
        this.accounts = accounts;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The account of somebody who has signed in at a provider; a new one where there is none yet. */
    Account accountOf(OidcPerson person, OidcProviderProperties provider) {
        if (!provider.emailDomains().isEmpty()
                && !person.emailDomain().map(provider.emailDomains()::contains).orElse(false)) {
            throw new OidcFailure(Reason.EMAIL_NOT_ALLOWED, "the address is of another domain");
        }
        try {
            return transactions.execute(status -> findOrMake(person, provider));
        } catch (DataIntegrityViolationException e) {
            return transactions.execute(status -> findOrMake(person, provider)); // Two tabs at the same moment.
        } catch (ProblemException e) {
            if (e.code() != ProblemCode.EMAIL_TAKEN) {
                throw e;
            }
            return transactions.execute(status -> findOrMake(person, provider));
        }
    }

    private Account findOrMake(OidcPerson person, OidcProviderProperties provider) {
        Optional<Account> known = sql.sql("select account_id from account_identity where issuer = ? and subject = ?")
                .params(person.issuer(), person.subject())
                .query(UUID.class)
                .optional()
                .flatMap(accounts::find);
        if (known.isPresent()) {
            return known.get();
        }
        String email = person.email();
        if (email == null || !person.emailVerified()) {
            throw new OidcFailure(Reason.EMAIL_NOT_VERIFIED, "it does not vouch for the address");
        }
        Optional<Account> same = accounts.findByEmail(email);
        if (same.isPresent() && !same.get().emailVerified()) {
            throw new OidcFailure(Reason.EMAIL_TAKEN, "there is an account whose address is not verified");
        }
        Account account = same.orElseGet(() -> accounts.arriveFromProvider(email, person.name()));
        link(person, account.id());
        audit.record(AuditKind.IDENTITY_LINKED, account.id(), account.id(), provider.id());
        return account;
    }

    private void link(OidcPerson person, UUID accountId) {
        sql.sql("insert into account_identity (id, issuer, subject, account_id, linked_at) values (?, ?, ?, ?, ?)")
                .params(
                        UUID.randomUUID(),
                        person.issuer(),
                        person.subject(),
                        accountId,
                        parameter(Timestamps.now(clock)))
                .update();
    }

    @Override
    public String name() {
        return "identities";
    }

    @Override
    public List<Map<String, Object>> of(UUID accountId) {
        return sql.sql(
                        "select issuer, subject, linked_at from account_identity where account_id = ? order by linked_at")
                .param(accountId)
                .query((row, number) -> Map.<String, Object>of(
                        "issuer", row.getString("issuer"),
                        "subject", row.getString("subject"),
                        "linkedAt", String.valueOf(Timestamps.read(row, "linked_at"))))
                .list();
    }
}
