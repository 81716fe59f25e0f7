package org.videowindow.portal.mail;

/**
 * A mail in plain text.
 *
 * @param to one address
 */
public record Mail(String to, String subject, String text) {}
