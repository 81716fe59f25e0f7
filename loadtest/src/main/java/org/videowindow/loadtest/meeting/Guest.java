package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Source;
import org.videowindow.loadtest.sfu.Source.Encoding;

/**
 * A guest in a meeting: joins through portal and meeting server and accepts every session the focus offers, of which its
 * {@link Call} takes care. Its state belongs to its own thread.
 */
public final class Guest implements AutoCloseable {
    private static final int REQUESTS = 40;
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);

    private static final List<String> FEATURES = List.of(
            "http://jabber.org/protocol/disco#info",
            "http://jitsi.org/json-encoded-sources",
            "http://jitsi.org/receive-multiple-video-streams",
            "http://jitsi.org/source-name",
            "http://jitsi.org/tcc",
            "urn:ietf:rfc:4588",
            "urn:xmpp:jingle:1",
            "urn:xmpp:jingle:apps:dtls:0",
            "urn:xmpp:jingle:apps:rtp:1",
            "urn:xmpp:jingle:apps:rtp:audio",
            "urn:xmpp:jingle:apps:rtp:video",
            "urn:xmpp:jingle:transports:ice-udp:1",
            "urn:xmpp:ping");

    /** Who sends. Called on the guest's thread. */
    public interface Stage {
        /**
         * Media may be sent from now on.
         *
         * @param audio track of the sound, {@code null} when none was wanted
         * @param video track of the pictures, {@code null} when none was wanted
         */
        void begin(Engine engine, OutgoingTrack audio, OutgoingTrack video);

        /** Nothing may be sent until the next {@link #begin}. */
        void pause();
    }

    /**
     * What is sent.
     *
     * @param name shown to the others
     * @param audio whether there is sound
     * @param video codec of the pictures, {@code null} for none
     */
    public record Role(String name, boolean audio, Codec video) {}

    private final Ticket ticket;
    private final Sent sent;
    private final Call call;
    private final XmppSession xmpp;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("guest").factory());
    private final CompletableFuture<String> out = new CompletableFuture<>();
    private SessionOffer session;

    private Guest(Ticket ticket, Sent sent, Call call, XmppSession xmpp) {
        this.ticket = ticket;
        this.sent = sent;
        this.call = call;
        this.xmpp = xmpp;
    }

    /**
     * Joins a meeting that guests may join, to send and not to look. Returns when in the room; media begin with the second
     * participant.
     *
     * @throws IOException when that does not succeed, in one sentence
     */
    public static Guest join(HttpClient http, MeetingAddress address, Role role, Stage stage) throws IOException {
        int ssrc = 1 + new Random().nextInt(Integer.MAX_VALUE - 4);
        Source source = new Source(
                role.audio ? ssrc : 0, role.video == null ? List.of() : List.of(new Encoding(ssrc + 1, ssrc + 2)));
        Sent sent = new Sent(role.name, role.video == null ? Codec.VP8 : role.video, source, false);
        return join(http, address, sent, new SendingCall(sent, stage));
    }

    static Guest join(HttpClient http, MeetingAddress address, Sent sent, Call call) throws IOException {
        Ticket ticket = new Portal(http, address.portal()).ticket(address.room(), sent.name());
        XmppSession xmpp = XmppSession.open(http, ticket);
        Guest guest = new Guest(ticket, sent, call, xmpp);
        xmpp.listen(guest::heard);
        CompletableFuture<Void> _ = xmpp.ended().thenAccept(guest.out::complete);
        guest.enter();
        return guest;
    }

    /** Id of this participant in the meeting. */
    public String endpointId() {
        return ticket.endpointId();
    }

    /** Done with a sentence when the meeting is over for this guest. */
    public CompletableFuture<String> out() {
        return out;
    }

    private void enter() throws IOException {
        // Openfire delivers answers of others to those only who have said that they are there.
        xmpp.send("<presence xmlns='jabber:client'/>");
        for (int i = 0; !ready(); i++) {
            if (i == REQUESTS) {
                throw new IOException("The meeting service does not get ready.");
            }
            pause();
        }
        xmpp.send(presence());
    }

    private boolean ready() throws IOException {
        String request = "<conference xmlns='http://jitsi.org/protocol/focus' room='" + Stanza.escaped(ticket.room())
                + "' machine-uid='" + ticket.endpointId() + "'/>";
        return xmpp.request(ticket.focus(), "set", request)
                .child("conference")
                .map(conference -> conference.attribute("ready").equals("true"))
                .orElse(false);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(BETWEEN_REQUESTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
    }

    private String presence() {
        return "<presence xmlns='jabber:client' to='" + Stanza.escaped(ticket.room() + "/" + ticket.endpointId()) + "'>"
                + "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
                + "<SourceInfo>" + Stanza.escaped(sent.info(ticket.endpointId())) + "</SourceInfo>"
                + (sent.pictures()
                        ? "<jitsi_participant_codecList>"
                                + sent.codec().encodingName().toLowerCase(java.util.Locale.ROOT)
                                + "</jitsi_participant_codecList>"
                        : "")
                + "<nick xmlns='http://jabber.org/protocol/nick'>" + Stanza.escaped(sent.name()) + "</nick></presence>";
    }

    private String focus() {
        return ticket.room() + "/focus";
    }

    // --- What comes ---

    private void heard(Stanza stanza) {
        thread.execute(() -> {
            try {
                if (stanza.name().equals("iq")) {
                    answer(stanza);
                } else if (stanza.name().equals("presence")) {
                    presence(stanza);
                }
            } catch (IOException e) {
                out.complete(e.getMessage());
            } catch (RuntimeException e) {
                out.complete("A defect: " + e);
            }
        });
    }

    private void presence(Stanza stanza) {
        String own = ticket.room() + "/" + ticket.endpointId();
        if (!stanza.attribute("from").equals(own)) {
            return;
        }
        if (stanza.attribute("type").equals("unavailable")) {
            out.complete("The meeting is over, or somebody removed this guest.");
        } else if (stanza.attribute("type").equals("error")) {
            out.complete("The meeting does not let this guest in.");
        }
    }

    private void answer(Stanza iq) throws IOException {
        if (!iq.attribute("type").equals("set") && !iq.attribute("type").equals("get")) {
            return;
        }
        Stanza jingle = iq.child("jingle").orElse(null);
        if (jingle != null && iq.attribute("from").equals(focus())) {
            reply(iq, "");
            jingle(jingle);
        } else if (iq.child("query", "http://jabber.org/protocol/disco#info").isPresent()) {
            StringBuilder features = new StringBuilder();
            FEATURES.forEach(
                    feature -> features.append("<feature var='").append(feature).append("'/>"));
            reply(
                    iq,
                    "<query xmlns='http://jabber.org/protocol/disco#info'>"
                            + "<identity category='client' type='bot' name='loadtest'/>" + features + "</query>");
        } else if (iq.child("ping").isPresent()) {
            reply(iq, "");
        } else {
            xmpp.send("<iq xmlns='jabber:client' type='error' id='" + Stanza.escaped(iq.attribute("id")) + "' to='"
                    + Stanza.escaped(iq.attribute("from")) + "'><error type='cancel'><service-unavailable "
                    + "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        }
    }

    private void reply(Stanza iq, String payload) {
        String to = iq.attribute("from").isEmpty() ? "" : " to='" + Stanza.escaped(iq.attribute("from")) + "'";
        xmpp.send("<iq xmlns='jabber:client' type='result' id='" + Stanza.escaped(iq.attribute("id")) + "'" + to + ">"
                + payload + "</iq>");
    }

    // --- The session ---

    private void jingle(Stanza jingle) throws IOException {
        switch (jingle.attribute("action")) {
            case "session-initiate" -> begin(SessionOffer.read(jingle));
            case "session-terminate" -> {
                if (session != null && session.sessionId().equals(jingle.attribute("sid"))) {
                    end();
                }
            }
            case "source-add" -> call.announced(jingle);
            default -> {
                // What others stop to send simply does not come any more.
            }
        }
    }

    private void begin(SessionOffer offer) throws IOException {
        end();
        Participant joined = call.join(ticket.endpointId(), offer);
        session = offer;
        xmpp.request(
                focus(),
                "set",
                SessionAnswer.accept(
                        offer, focus(), xmpp.jid(), joined, ticket.endpointId(), call.fingerprint(), sent));
        CompletableFuture<Void> begun = call.connect(offer).thenRunAsync(() -> flow(offer), thread);
        CompletableFuture<Void> _ = begun.exceptionally(failure -> {
            Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
            out.complete("No media connection: " + why.getMessage());
            return null;
        });
    }

    private void flow(SessionOffer offer) {
        try {
            if (session != null && session.sessionId().equals(offer.sessionId())) {
                call.flow(offer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        if (session != null) {
            session = null;
            call.end();
        }
    }

    /** Leaves politely. */
    @Override
    public void close() throws IOException {
        try {
            if (session != null) {
                xmpp.request(focus(), "set", SessionAnswer.terminate(session, focus()));
            }
            xmpp.send("<presence xmlns='jabber:client' type='unavailable' to='"
                    + Stanza.escaped(ticket.room() + "/" + ticket.endpointId()) + "'/>");
            xmpp.close();
        } finally {
            thread.shutdownNow();
            call.close();
        }
    }
}
