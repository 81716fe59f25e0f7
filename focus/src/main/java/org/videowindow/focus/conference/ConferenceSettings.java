package org.videowindow.focus.conference;

import java.time.Duration;
import org.videowindow.focus.source.SourceRules;

/**
 * The rules of a conference; the annotated keys are in {@code reference.conf} under {@code conference}.
 *
 * @param minParticipants how many must be there before media sessions start
 * @param aloneTimeout how long sessions stay after fewer are left
 * @param emptyTimeout how long the focus waits in a room that nobody enters
 * @param acceptTimeout how long a participant may take to accept an offer
 * @param answerTimeout how long a client may take to acknowledge
 * @param bridgeTimeout how long a bridge may take to answer
 * @param occupantLimit occupants of one room beyond which further ones are not admitted
 * @param queueLimit stanzas that may wait for one conference
 * @param sources what one participant may send
 * @param restartDistance least time between two restarts of one participant
 * @param restartsPerMinute most restarts of one participant in a minute
 */
public record ConferenceSettings(
        int minParticipants,
        Duration aloneTimeout,
        Duration emptyTimeout,
        Duration acceptTimeout,
        Duration answerTimeout,
        Duration bridgeTimeout,
        int occupantLimit,
        int queueLimit,
        SourceRules sources,
        Duration restartDistance,
        int restartsPerMinute) {}
