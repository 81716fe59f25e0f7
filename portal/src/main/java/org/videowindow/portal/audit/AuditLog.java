package org.videowindow.portal.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.videowindow.portal.PortalProperties;

/** The audit log in the database, bounded by age. */
@Service
public class AuditLog implements Audit {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private final AuditEventRepository events;
    private final Clock clock;
    private final Duration keep;

    AuditLog(AuditEventRepository events, Clock clock, PortalProperties properties) {
        this.events = events;
        this.clock = clock;
        this.keep = properties.audit().keep();
    }

    /** An entry as administrators see it. */
    public record Entry(
            Instant at,
            String kind,
            @Nullable UUID accountId,
            @Nullable UUID actorId,
            @Nullable String address,
            String detail) {
        private static Entry of(AuditEvent event) {
            return new Entry(
                    event.at(), event.kind(), event.accountId(), event.actorId(), event.network(), event.detail());
        }
    }

    @Override
    @Transactional
    public void record(AuditKind kind, @Nullable UUID account, @Nullable UUID actor, String detail) {
        String kept = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
        events.save(new AuditEvent(now(), kind.word(), account, actor, clientNetwork(), kept));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Entry> page(int number, int size) {
        return events.findAllByOrderByIdDesc(PageRequest.of(number, size)).map(Entry::of);
    }

    /** The newest thousand entries about an account. */
    @Transactional(readOnly = true)
    public List<Entry> about(UUID account) {
        return events.findTop1000ByAccountIdOrderByIdDesc(account).stream()
                .map(Entry::of)
                .toList();
    }

    @Scheduled(initialDelayString = "PT11M", fixedDelayString = "PT1H")
    @Transactional
    void forgetOld() {
        int gone = events.deleteOlder(now().minus(keep));
        if (gone > 0) {
            log.info("{} entries of the audit log were older than {} days", gone, keep.toDays());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable String clientNetwork() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? ClientNetwork.of(attributes.getRequest().getRemoteAddr())
                : null;
    }
}
