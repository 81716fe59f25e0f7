package org.videowindow.portal.verification;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.AccountRepository;
import org.videowindow.portal.account.AddressConfirmation;
import org.videowindow.portal.account.OwnAccount;
import org.videowindow.portal.mail.Mailer;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** Finds out by a link in a mail whether an address belongs to an account's owner. */
@Service
public class EmailVerifications implements AddressConfirmation {
    private final MailLinks links;
    private final Mailer mailer;
    private final AccountRepository accounts;
    private final OwnAccount own;

    EmailVerifications(MailLinks links, Mailer mailer, AccountRepository accounts, OwnAccount own) {
        this.links = links;
        this.mailer = mailer;
        this.accounts = accounts;
        this.own = own;
    }

    @Override
    public void ask(Account account, String address) {
        mailer.requireConfigured();
        if (links.tooMany(account.id())) {
            throw ProblemException.retryAfter(ProblemCode.TOO_MANY_REQUESTS, MailLinks.WINDOW);
        }
        mailer.send(() -> links.write(LinkPurpose.VERIFY, account, address));
    }

    /** Takes a link from a mail, or refuses with {@code link-expired}. */
    @Transactional
    public void confirm(String token) {
        MailLinks.Link link = links.read(LinkPurpose.VERIFY, token).orElseThrow(EmailVerifications::expired);
        Account account = accounts.lockById(link.accountId()).orElseThrow(EmailVerifications::expired);
        if (!links.take(link, token)) {
            throw expired();
        }
        own.confirmAddress(account, link.email());
    }

    private static ProblemException expired() {
        return new ProblemException(ProblemCode.LINK_EXPIRED);
    }
}
