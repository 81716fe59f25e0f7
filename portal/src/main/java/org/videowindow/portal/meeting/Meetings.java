package org.videowindow.portal.meeting;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.AccountRepository;
import org.videowindow.portal.account.EmailAddress;
import org.videowindow.portal.account.PersonName;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.problem.FieldErrors;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * Meetings and who may do what with them. Every method takes the account of the session and checks it against the
 * meeting; to anybody but owner and moderators a meeting's id names nothing.
 */
@Service
public class Meetings {
    static final int LONGEST_NAME = 80;

    private final MeetingRepository meetings;
    private final AccountRepository accounts;
    private final Audit audit;
    private final Clock clock;
    private final int mostMeetings;
    private final int mostModerators;
    private final SecureRandom random = new SecureRandom();

    Meetings(
            MeetingRepository meetings,
            AccountRepository accounts,
            Audit audit,
            Clock clock,
            PortalProperties properties) {
        this.meetings = meetings;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
        this.mostMeetings = properties.limits().meetingsPerAccount();
        this.mostModerators = properties.limits().moderatorsPerMeeting();
    }

    /** What the account owns or moderates, newest first. */
    @Transactional(readOnly = true)
    public List<Meeting> of(UUID me) {
        return meetings.findOf(me);
    }

    /** Makes a meeting in a new room. */
    @Transactional
    public Meeting create(UUID me, @Nullable String name) {
        String parsed = requireName(name);
        if (accounts.lockById(me).isEmpty()) {
            throw new ProblemException(ProblemCode.SIGN_IN_REQUIRED);
        }
        if (meetings.countByOwnerId(me) >= mostMeetings) {
            throw new ProblemException(ProblemCode.TOO_MANY_MEETINGS);
        }
        Meeting meeting = new Meeting(
                UUID.randomUUID(), freeRoom(), parsed, me, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return meetings.saveAndFlush(meeting);
    }

    /** A meeting of the account's. */
    @Transactional(readOnly = true)
    public Meeting get(UUID me, UUID id) {
        return requireMine(me, id);
    }

    /**
     * Changes what is given and leaves what is null.
     *
     * @param expectedVersion the version that the change was made on; null to change whatever is there
     */
    @Transactional
    public Meeting change(
            UUID me, UUID id, @Nullable Long expectedVersion, @Nullable String name, @Nullable Boolean guestsAllowed) {
        Meeting meeting = requireOwned(me, id);
        if (expectedVersion != null && expectedVersion != meeting.version()) {
            throw new ProblemException(ProblemCode.CHANGED_MEANWHILE);
        }
        if (name != null) {
            meeting.rename(requireName(name));
        }
        if (guestsAllowed != null) {
            meeting.allowGuests(guestsAllowed);
        }
        return meetings.saveAndFlush(meeting);
    }

    /** Takes a meeting away; its room can never be entered again. */
    @Transactional
    public void delete(UUID me, UUID id) {
        meetings.delete(requireOwned(me, id));
        audit.record(AuditKind.MEETING_DELETED, me, me, id.toString());
    }

    /**
     * Names a moderator. Naming one twice, or the owner, changes nothing.
     *
     * @param who an account's id or e-mail address
     */
    @Transactional
    public Meeting addModerator(UUID me, UUID id, String who) {
        accounts.lockById(me); // Two requests of the owner's at the same moment count one after the other.
        Meeting meeting = requireOwned(me, id);
        Account account = account(who).orElseThrow(() -> new ProblemException(ProblemCode.NO_SUCH_ACCOUNT));
        if (meeting.roleOf(account.id()) != Role.MEMBER) {
            return meeting;
        }
        if (meeting.moderators().size() >= mostModerators) {
            throw new ProblemException(ProblemCode.TOO_MANY_MODERATORS);
        }
        meeting.moderators().add(account);
        audit.record(AuditKind.MODERATOR_GRANTED, account.id(), me, id.toString());
        return meetings.saveAndFlush(meeting);
    }

    /** Takes the role back; moderators may lay down their own. */
    @Transactional
    public void removeModerator(UUID me, UUID id, String who) {
        Meeting meeting = requireMine(me, id);
        Optional<Account> account = account(who);
        boolean myself = account.map(found -> found.id().equals(me)).orElse(false);
        if (meeting.roleOf(me) != Role.OWNER && !myself) {
            throw new ProblemException(ProblemCode.NOT_OWNER);
        }
        account.flatMap(found -> meeting.moderator(found.id())).ifPresent(moderator -> {
            meeting.moderators().remove(moderator);
            audit.record(AuditKind.MODERATOR_REVOKED, moderator.id(), me, id.toString());
        });
    }

    /** The meeting that is held in a room, for whoever knows the room's name. */
    @Transactional(readOnly = true)
    public Optional<Meeting> inRoom(String room) {
        return RoomName.parse(room).flatMap(meetings::findByRoom);
    }

    private Meeting requireMine(UUID me, UUID id) {
        return meetings.findById(id)
                .filter(meeting -> meeting.roleOf(me).moderates())
                .orElseThrow(() -> new ProblemException(ProblemCode.NO_SUCH_MEETING));
    }

    private Meeting requireOwned(UUID me, UUID id) {
        Meeting meeting = requireMine(me, id);
        if (meeting.roleOf(me) != Role.OWNER) {
            throw new ProblemException(ProblemCode.NOT_OWNER);
        }
        return meeting;
    }

    private Optional<Account> account(String who) {
        if (who.contains("@")) {
            return EmailAddress.parse(who).flatMap(accounts::findByEmail);
        }
        try {
            return accounts.findById(UUID.fromString(who));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String freeRoom() {
        String room = RoomName.random(random);
        while (meetings.findByRoom(room).isPresent()) {
            room = RoomName.random(random);
        }
        return room;
    }

    private static String requireName(@Nullable String name) {
        Optional<String> parsed = PersonName.parse(name == null ? "" : name, LONGEST_NAME);
        if (parsed.isEmpty()) {
            FieldErrors errors = new FieldErrors();
            errors.add("name", "Please enter a name of 1 to " + LONGEST_NAME + " characters.");
            errors.throwIfAny();
        }
        return parsed.orElseThrow();
    }
}
