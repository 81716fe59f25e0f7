package org.videowindow.portal.account;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * Who is administrator: the first account of all, those whom administrators name, and the addresses in {@code
 * portal.administrators}. There is always one who can sign in. Called within the transaction of the change.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Administrators {
    private final AccountRepository accounts;
    private final InstallationRepository installation;
    private final Audit audit;
    private final Set<String> named;
    private final boolean addressesMustBeVerified;

    Administrators(
            AccountRepository accounts, InstallationRepository installation, Audit audit, PortalProperties properties) {
        this.accounts = accounts;
        this.installation = installation;
        this.audit = audit;
        this.named = Set.copyOf(properties.administrators());
        this.addressesMustBeVerified = properties.mail().configured();
    }

    /** Whether nobody has signed up yet. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean nobodyYet() {
        return !installation.founded();
    }

    /** A new account: the very first becomes administrator. Two at the same moment take turns. */
    void arrived(Account account) {
        if (!installation.founded()) {
            Installation row = installation.lock();
            if (!row.founded()) {
                row.found();
                set(account, true, null);
            }
        }
        considerAddress(account);
    }

    /** Makes an account administrator when the configuration says so. Without mail nobody can prove an address. */
    void considerAddress(Account account) {
        if (!account.administrator()
                && named.contains(account.email())
                && (account.emailVerified() || !addressesMustBeVerified)) {
            set(account, true, null);
        }
    }

    /**
     * Gives or takes the role.
     *
     * @param actor the administrator who does it; null for the portal itself
     */
    void set(Account account, boolean administrator, @Nullable UUID actor) {
        if (account.administrator() == administrator) {
            return;
        }
        if (!administrator) {
            requireAnother(account);
        }
        account.administrator(administrator);
        accounts.saveAndFlush(account);
        audit.record(
                administrator ? AuditKind.ADMINISTRATOR_GRANTED : AuditKind.ADMINISTRATOR_REVOKED, account.id(), actor);
    }

    /** Refuses with {@code last-administrator} when there would be none without this one. */
    void requireAnother(Account account) {
        if (account.administrator() && !account.disabled()) {
            installation.lock();
            if (accounts.countByAdministratorTrueAndDisabledFalse() <= 1) {
                throw new ProblemException(ProblemCode.LAST_ADMINISTRATOR);
            }
        }
    }
}
