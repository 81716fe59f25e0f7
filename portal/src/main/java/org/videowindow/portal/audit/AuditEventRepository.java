package org.videowindow.portal.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The audit log in the database. */
interface AuditEventRepository extends Repository<AuditEvent, Long> {
    AuditEvent save(AuditEvent event);

    Page<AuditEvent> findAllByOrderByIdDesc(Pageable page);

    List<AuditEvent> findTop1000ByAccountIdOrderByIdDesc(UUID accountId);

    @Modifying
    @Query("delete from AuditEvent e where e.at < :before")
    int deleteOlder(Instant before);
}
