package org.videowindow.portal.administration;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.videowindow.portal.account.PersonView;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.database.Timestamps;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/** Everybody's meetings, as administrators look after them. */
@Repository
class AllMeetings {
    private static final String FOUND = """
            from meeting m join account a on a.id = m.owner_id
            where lower(m.name) like :pattern escape '!' or m.room like :pattern escape '!'
               or lower(a.email) like :pattern escape '!' or lower(a.name) like :pattern escape '!'
            """;

    private final JdbcClient sql;
    private final Audit audit;

    AllMeetings(JdbcClient sql, Audit audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /** A meeting and whose it is. */
    @Schema(name = "MeetingWithOwner")
    record Row(UUID id, String room, String name, Instant createdAt, PersonView owner) {}

    long count(String pattern) {
        return sql.sql("select count(*) " + FOUND)
                .param("pattern", pattern)
                .query(Long.class)
                .single();
    }

    /** Newest first. */
    List<Row> find(String pattern, PageRequest page) {
        return sql.sql("select m.id, m.room, m.name, m.created_at, a.id as owner, a.email, a.name as owner_name "
                        + FOUND + "order by m.created_at desc, m.id offset :skip rows fetch next :size rows only")
                .param("pattern", pattern)
                .param("skip", page.getOffset())
                .param("size", page.getPageSize())
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("room"),
                        row.getString("name"),
                        Objects.requireNonNull(Timestamps.read(row, "created_at")),
                        new PersonView(
                                row.getObject("owner", UUID.class),
                                row.getString("email"),
                                row.getString("owner_name"))))
                .list();
    }

    /** Takes a meeting away, or refuses with {@code no-such-meeting}. */
    @Transactional
    public void delete(UUID actor, UUID id) {
        UUID owner = sql.sql("select owner_id from meeting where id = ?")
                .param(id)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new ProblemException(ProblemCode.NO_SUCH_MEETING));
        sql.sql("delete from meeting where id = ?").param(id).update();
        audit.record(AuditKind.MEETING_DELETED, owner, actor, id.toString());
    }

    /** The meetings' names by room, for the rooms that are known here. */
    Map<String, String> names(Collection<String> rooms) {
        Map<String, String> names = new HashMap<>();
        if (!rooms.isEmpty()) {
            sql.sql("select room, name from meeting where room in (:rooms)")
                    .param("rooms", rooms)
                    .query(row -> {
                        names.put(row.getString("room"), row.getString("name"));
                    });
        }
        return names;
    }
}
