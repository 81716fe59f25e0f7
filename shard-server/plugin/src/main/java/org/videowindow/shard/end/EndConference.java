package org.videowindow.shard.end;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.shard.health.Metrics;
import org.videowindow.shard.room.Rooms;
import org.videowindow.shard.stanza.Shard;
import org.xmpp.component.AbstractComponent;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * The component {@code endconference.D}: a moderator's {@code <end_conference/>} ends its conference for everybody. Who
 * sends is known from its session, which conference from where it is moderator; the message says neither. Called on the
 * component's own threads.
 */
public final class EndConference extends AbstractComponent {
    private static final Logger log = LoggerFactory.getLogger(EndConference.class);
    private static final String REASON = "The conference was ended by a moderator.";

    private final Rooms rooms;
    private final Shard shard;
    private final Metrics metrics;

    public EndConference(Rooms rooms, Shard shard, Metrics metrics) {
        this.rooms = rooms;
        this.shard = shard;
        this.metrics = metrics;
    }

    @Override
    public String getName() {
        return "End of conferences";
    }

    @Override
    public String getDescription() {
        return "Ends a conference for everybody";
    }

    @Override
    protected void handleMessage(Message message) {
        if (message.getElement().element("end_conference") == null || message.getFrom() == null) {
            return;
        }
        JID sender = message.getFrom();
        var moderated = rooms.moderatedBy(sender);
        if (moderated.isEmpty()) {
            metrics.count("stanzas_refused", "end_conference");
            return;
        }
        for (String room : moderated) {
            log.info(
                    "conference {} is ended by a moderator",
                    rooms.find(room).map(r -> r.meetingId().toString()).orElse("?"));
            shard.destroy(room, sender, REASON);
        }
    }
}
