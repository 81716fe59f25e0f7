package org.videowindow.portal.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.audit.AuditLog;

/** The audit log, for administrators. */
@RestController
@RequestMapping("/api/v1/admin/audit")
@Tag(name = "Administration")
final class AuditController {
    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    record AuditPage(List<AuditLog.Entry> events, int page, int pages, long total) {}

    @GetMapping
    @Operation(summary = "Who signed in and who changed whose rights, newest first")
    AuditPage list(@RequestParam(defaultValue = "1") int page) {
        Page<AuditLog.Entry> found = audit.page(PageNumber.of(page).getPageNumber(), PageNumber.SIZE);
        return new AuditPage(
                found.getContent(),
                PageNumber.of(found),
                PageNumber.pages(found.getTotalElements()),
                found.getTotalElements());
    }
}
