package org.videowindow.portal.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code portal.limits}.
 *
 * @param window time after which a used-up allowance is whole again
 * @param signInsPerAccount wrong passwords for one e-mail address within the window
 * @param signInsPerAddress wrong passwords from one client address within the window
 * @param signUpsPerAddress sign-ups from one client address within the window
 * @param guestTicketsPerAddress guest entries from one client address within the window
 * @param unknownRoomsPerAddress rooms that are not there, asked from one client address within the window
 * @param mailsPerRecipient mails to one e-mail address, asked for by somebody, within the window
 * @param mailsPerAddress mails asked for from one client address within the window
 * @param connectionTestsPerAddress tests of the connection from one client address within the window
 * @param meetingsPerAccount meetings that one account may own
 * @param moderatorsPerMeeting moderators that one meeting may have, beside its owner
 * @param requestBytes largest body of a request
 */
public record LimitProperties(
        @DefaultValue("10m") Duration window,
        @DefaultValue("10") int signInsPerAccount,
        @DefaultValue("100") int signInsPerAddress,
        @DefaultValue("60") int signUpsPerAddress,
        @DefaultValue("600") int guestTicketsPerAddress,
        @DefaultValue("100") int unknownRoomsPerAddress,
        @DefaultValue("5") int mailsPerRecipient,
        @DefaultValue("30") int mailsPerAddress,
        @DefaultValue("60") int connectionTestsPerAddress,
        @DefaultValue("200") int meetingsPerAccount,
        @DefaultValue("50") int moderatorsPerMeeting,
        @DefaultValue("16384") int requestBytes) {
    public LimitProperties {
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("portal.limits.window must be between 1s and 1d");
        }
        requirePositive("portal.limits.sign-ins-per-account", signInsPerAccount);
        requirePositive("portal.limits.sign-ins-per-address", signInsPerAddress);
        requirePositive("portal.limits.sign-ups-per-address", signUpsPerAddress);
        requirePositive("portal.limits.guest-tickets-per-address", guestTicketsPerAddress);
        requirePositive("portal.limits.unknown-rooms-per-address", unknownRoomsPerAddress);
        requirePositive("portal.limits.mails-per-recipient", mailsPerRecipient);
        requirePositive("portal.limits.mails-per-address", mailsPerAddress);
        requirePositive("portal.limits.connection-tests-per-address", connectionTestsPerAddress);
        requirePositive("portal.limits.meetings-per-account", meetingsPerAccount);
        requirePositive("portal.limits.moderators-per-meeting", moderatorsPerMeeting);
        if (requestBytes < 1024 || requestBytes > 1 << 20) {
            throw new IllegalArgumentException("portal.limits.request-bytes must be between 1024 and 1048576");
        }
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1");
        }
    }
}
