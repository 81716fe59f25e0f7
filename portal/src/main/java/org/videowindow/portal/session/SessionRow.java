package org.videowindow.portal.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.videowindow.portal.database.Timestamps;

/** A row of account_session. */
record SessionRow(
        UUID id,
        UUID accountId,
        Instant signedInAt,
        String accessHash,
        Instant accessExpiresAt,
        @Nullable String previousAccessHash,
        @Nullable Instant previousAccessExpiresAt,
        String refreshHash,
        @Nullable String previousRefreshHash,
        @Nullable String successorSalt,
        @Nullable Instant refreshedAt,
        Instant expiresAt) {
    static SessionRow read(ResultSet row, int number) throws SQLException {
        return new SessionRow(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                Objects.requireNonNull(Timestamps.read(row, "signed_in_at")),
                row.getString("access_hash"),
                Objects.requireNonNull(Timestamps.read(row, "access_expires_at")),
                row.getString("previous_access_hash"),
                Timestamps.read(row, "previous_access_expires_at"),
                row.getString("refresh_hash"),
                row.getString("previous_refresh_hash"),
                row.getString("successor_salt"),
                Timestamps.read(row, "refreshed_at"),
                Objects.requireNonNull(Timestamps.read(row, "expires_at")));
    }

    /** Until when an access token works; null when it is none of this session's. */
    @Nullable
    Instant accessUntil(SessionToken token) {
        if (token.matches(accessHash)) {
            return accessExpiresAt;
        }
        return previousAccessHash != null && token.matches(previousAccessHash) ? previousAccessExpiresAt : null;
    }

    /** Whether a refresh token was the newest one until a moment ago. */
    boolean justReplaced(SessionToken token, Instant now) {
        return previousRefreshHash != null
                && refreshedAt != null
                && token.matches(previousRefreshHash)
                && now.isBefore(refreshedAt.plus(Sessions.GRACE));
    }
}
