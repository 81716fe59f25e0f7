package org.videowindow.portal.ticket;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.Accounts;
import org.videowindow.portal.account.PersonName;
import org.videowindow.portal.meeting.Meeting;
import org.videowindow.portal.meeting.Role;
import org.videowindow.portal.problem.FieldErrors;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.shard.Shard;
import org.videowindow.portal.shard.Shards;
import org.videowindow.portal.token.MeetingToken;
import org.videowindow.portal.token.MeetingTokens;
import org.videowindow.portal.token.TokenSubject;
import org.videowindow.portal.turn.IceServers;

/** Decides who somebody is in a meeting and lets them into its room. */
@Service
public class Tickets {
    static final int LONGEST_GUEST_NAME = 60;

    private final Accounts accounts;
    private final Shards shards;
    private final MeetingTokens tokens;
    private final IceServers iceServers;

    Tickets(Accounts accounts, Shards shards, MeetingTokens tokens, IceServers iceServers) {
        this.accounts = accounts;
        this.shards = shards;
        this.tokens = tokens;
        this.iceServers = iceServers;
    }

    /**
     * A ticket for one client.
     *
     * @param accountId the signed-in account, null for a guest
     * @param guestName the name a guest gives; of no effect for those who are signed in
     */
    Ticket issue(Meeting meeting, @Nullable UUID accountId, @Nullable String guestName) {
        Optional<Account> account = Optional.ofNullable(accountId).flatMap(accounts::find);
        Role role = meeting.roleOf(account.map(Account::id).orElse(null));
        if (role == Role.GUEST && !meeting.guestsAllowed()) {
            throw new ProblemException(ProblemCode.GUESTS_NOT_ALLOWED);
        }
        TokenSubject subject = account.map(
                        person -> new TokenSubject(person.id().toString(), person.name(), person.email(), role))
                .orElseGet(() -> new TokenSubject(null, requireGuestName(guestName), null, role));
        Shard shard = shards.forRoom(meeting.room());
        MeetingToken token = tokens.make(shard.domain(), meeting.room(), subject);
        Ticket.Xmpp xmpp = new Ticket.Xmpp(
                shard.webSocketUrl(),
                shard.domain(),
                token.id() + "@" + shard.domain(),
                token.text(),
                meeting.room() + "@" + shard.conferenceDomain(),
                shard.focusJid(),
                shard.endConferenceJid());
        return new Ticket(
                meeting.room(),
                meeting.name(),
                role.word(),
                token.endpointId(),
                subject.name(),
                token.expiresAt(),
                xmpp,
                iceServers.forClient(token.id().toString()));
    }

    private static String requireGuestName(@Nullable String name) {
        Optional<String> parsed = PersonName.parse(name == null ? "" : name, LONGEST_GUEST_NAME);
        if (parsed.isEmpty()) {
            FieldErrors errors = new FieldErrors();
            errors.add("name", "Please enter a name of 1 to " + LONGEST_GUEST_NAME + " characters.");
            errors.throwIfAny();
        }
        return parsed.orElseThrow();
    }
}
