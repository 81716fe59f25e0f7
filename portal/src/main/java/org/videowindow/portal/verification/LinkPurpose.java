package org.videowindow.portal.verification;

import java.time.Duration;

/** What a link in a mail is for, how long it works and what the mail says. */
enum LinkPurpose {
    VERIFY(
            "verify",
            Duration.ofHours(24),
            "/verify-email",
            "Please confirm your e-mail address",
            "Please open this link within 24 hours to confirm that this e-mail address is yours in Video Window:"),
    RESET(
            "reset",
            Duration.ofHours(1),
            "/reset-password",
            "A new password for Video Window",
            "Please open this link within one hour to choose a new password for Video Window, or do nothing if you did "
                    + "not ask for it:");

    private final String word;
    private final Duration life;
    private final String page;
    private final String subject;
    private final String sentence;

    LinkPurpose(String word, Duration life, String page, String subject, String sentence) {
        this.word = word;
        this.life = life;
        this.page = page;
        this.subject = subject;
        this.sentence = sentence;
    }

    String word() {
        return word;
    }

    Duration life() {
        return life;
    }

    String page() {
        return page;
    }

    String subject() {
        return subject;
    }

    String sentence() {
        return sentence;
    }
}
