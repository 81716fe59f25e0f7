package org.videowindow.portal.administration;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;

/** Pages of long lists, counted from one. */
final class PageNumber {
    static final int SIZE = 50;

    private static final int MOST = 1_000_000;

    private PageNumber() {}

    /** The page that was asked for; the first for what is none. */
    static PageRequest of(int page) {
        return PageRequest.of(Math.clamp(page, 1, MOST) - 1, SIZE);
    }

    static int of(Page<?> page) {
        return page.getNumber() + 1;
    }

    static int pages(long total) {
        return (int) Math.max(1, (total + SIZE - 1) / SIZE);
    }
}
