package org.videowindow.focus;

import java.util.Optional;
import org.jxmpp.jid.EntityFullJid;
import org.videowindow.focus.bridge.Brewery;
import org.videowindow.focus.conference.Conference;
import org.videowindow.focus.conference.ConferenceRequests;
import org.videowindow.focus.conference.Conferences;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Capabilities;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.Requests;
import org.videowindow.focus.xmpp.ShardLink;
import org.videowindow.focus.xmpp.StanzaError;

/**
 * Decides who gets a stanza. Runs on the reader of the link and does no more than that; whatever takes time is posted to
 * an agent. Every request is answered, by somebody.
 */
final class StanzaRouter implements ShardLink.Listener {
    private final ShardLink link;
    private final Requests requests;
    private final Capabilities capabilities;
    private final Brewery brewery;
    private final Conferences conferences;
    private final ConferenceRequests conferenceRequests;
    private final FocusMetrics metrics;
    private final LinkWatch watch;

    StanzaRouter(
            ShardLink link,
            Requests requests,
            Capabilities capabilities,
            Brewery brewery,
            Conferences conferences,
            ConferenceRequests conferenceRequests,
            FocusMetrics metrics,
            LinkWatch watch) {
        this.link = link;
        this.requests = requests;
        this.capabilities = capabilities;
        this.brewery = brewery;
        this.conferences = conferences;
        this.conferenceRequests = conferenceRequests;
        this.metrics = metrics;
        this.watch = watch;
    }

    @Override
    public void up() {
        requests.up();
        link.send(XmlElement.element("presence", Namespaces.CLIENT).build());
        watch.linkUp();
        brewery.linkUp();
        conferences.linkUp();
    }

    @Override
    public void down() {
        requests.down();
        watch.linkDown();
        brewery.linkDown();
        conferences.linkDown();
    }

    @Override
    public void stanza(XmlElement stanza, boolean complete) {
        switch (stanza.name()) {
            case "presence" -> presence(stanza, complete);
            case "iq" -> Iq.of(stanza).ifPresentOrElse(iq -> iq(iq, complete), () -> dropped("malformed"));
            // The focus takes part in no chat.
            default -> {}
        }
    }

    private void presence(XmlElement stanza, boolean complete) {
        if (!complete) {
            // Without its content nobody can be let in; that somebody leaves is never this long.
            dropped("oversized");
            return;
        }
        Optional<OccupantPresence> presence = OccupantPresence.of(stanza);
        if (presence.isEmpty()) {
            return;
        }
        boolean taken = presence.get().occupant().asEntityBareJid().equals(brewery.roomJid())
                ? brewery.presence(presence.get())
                : conferences.presence(presence.get());
        if (!taken) {
            dropped("presence");
        }
    }

    private void iq(Iq iq, boolean complete) {
        if (!iq.isRequest()) {
            requests.answer(iq);
        } else if (!complete) {
            dropped("oversized");
            link.send(iq.error(StanzaError.resourceConstraint("the stanza is too large")));
        } else if (iq.payload().isEmpty()) {
            link.send(iq.error(StanzaError.badRequest("there is no request")));
        } else {
            request(iq, iq.payload().get());
        }
    }

    private void request(Iq iq, XmlElement payload) {
        boolean set = iq.type().equals("set");
        if (set && payload.is("conference", Namespaces.FOCUS)) {
            conferenceRequests.handle(iq);
        } else if (set
                && (payload.is("jingle", Namespaces.JINGLE) || payload.name().equals("mute"))) {
            fromOccupant(iq);
        } else if (!set && payload.is("query", Namespaces.DISCO_INFO)) {
            link.send(iq.result(capabilities.info(payload)));
        } else if (!set && payload.is("query", Namespaces.VERSION)) {
            link.send(iq.result(capabilities.software()));
        } else if (!set && payload.is("ping", Namespaces.PING)) {
            link.send(iq.result());
        } else {
            link.send(iq.error(StanzaError.serviceUnavailable("")));
        }
    }

    private void fromOccupant(Iq iq) {
        EntityFullJid occupant = iq.from().asEntityFullJidIfPossible();
        Optional<Conference> conference = Optional.ofNullable(occupant).flatMap(conferences::of);
        if (conference.isEmpty()) {
            metrics.strangerRefused();
            link.send(iq.error(StanzaError.itemNotFound("there is no such conference")));
        } else if (!conference.get().request(occupant, iq)) {
            dropped("queue-full");
            link.send(iq.error(StanzaError.resourceConstraint("too many requests; wait")));
        }
    }

    private void dropped(String reason) {
        metrics.stanzaDropped(reason);
    }
}
