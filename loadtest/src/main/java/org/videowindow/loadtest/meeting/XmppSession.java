package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * XMPP over a WebSocket (RFC 7395): signs in with a ticket, sends stanzas, matches answers with requests and hands
 * everything else on. Any thread may send; stanzas are handed on one at a time, on the WebSocket's thread.
 */
final class XmppSession implements WebSocket.Listener, AutoCloseable {
    private static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST = 1 << 20;

    private final BlockingQueue<Stanza> negotiation = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Stanza>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile Consumer<Stanza> listener;
    private WebSocket socket;
    private CompletableFuture<WebSocket> lastSent;
    private String jid = "";

    private XmppSession() {}

    /**
     * Signs in.
     *
     * @throws IOException when the server cannot be reached or refuses the ticket, in one sentence
     */
    static XmppSession open(HttpClient http, Ticket ticket) throws IOException {
        XmppSession session = new XmppSession();
        String room = ticket.room().substring(0, ticket.room().indexOf('@'));
        String address = ticket.webSocket().toString();
        URI target = URI.create(address + (address.contains("?") ? "&" : "?") + "room=" + room);
        session.socket = session.within(
                http.newWebSocketBuilder()
                        .subprotocols("xmpp")
                        .connectTimeout(PATIENCE)
                        .buildAsync(target, session),
                "The meeting server cannot be reached");
        session.lastSent = CompletableFuture.completedFuture(session.socket);
        session.negotiate(ticket);
        return session;
    }

    private void negotiate(Ticket ticket) throws IOException {
        String open = "<open xmlns='" + FRAMING + "' to='" + Stanza.escaped(ticket.domain()) + "' version='1.0'/>";
        send(open);
        expect("open");
        expect("features");
        byte[] plain = ("\0" + ticket.user() + "\0" + ticket.password()).getBytes(StandardCharsets.UTF_8);
        send("<auth xmlns='" + SASL + "' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(plain) + "</auth>");
        expect("success");
        send(open);
        expect("open");
        expect("features");
        send("<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        jid = expect("iq")
                .child("bind")
                .flatMap(bind -> bind.child("jid"))
                .map(Stanza::text)
                .orElseThrow(() -> new IOException("The meeting server gave no address."));
    }

    private Stanza expect(String name) throws IOException {
        try {
            Stanza stanza = negotiation.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (stanza == null) {
                throw new IOException("The meeting server does not answer.");
            }
            if (stanza.is("failure", SASL)) {
                throw new IOException("The meeting server does not accept the ticket"
                        + stanza.child("text").map(text -> ": " + text.text()).orElse("") + ".");
            }
            if (!stanza.name().equals(name)) {
                throw new IOException(
                        "The meeting server sent <" + stanza.name() + "/> where <" + name + "/> was expected.");
            }
            return stanza;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while signing in.", e);
        }
    }

    /** Our full address. */
    String jid() {
        return jid;
    }

    /** Who hears stanzas that answer nothing. To be called once, soon: what came before is handed on then. */
    void listen(Consumer<Stanza> wanted) {
        synchronized (negotiation) {
            listener = wanted;
            negotiation.forEach(wanted);
            negotiation.clear();
        }
    }

    /** Done with the reason when the connection has ended. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Sends one stanza. */
    synchronized void send(String stanza) {
        lastSent = lastSent.thenCompose(open -> open.sendText(stanza, true));
    }

    /**
     * Asks and waits.
     *
     * @param to whom
     * @param payload content of the IQ
     * @return the result
     * @throws IOException when the answer is an error or does not come, in one sentence
     */
    Stanza request(String to, String type, String payload) throws IOException {
        String id = "q" + lastId.incrementAndGet();
        CompletableFuture<Stanza> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            send("<iq xmlns='jabber:client' type='" + type + "' id='" + id + "' to='" + Stanza.escaped(to) + "'>"
                    + payload + "</iq>");
            Stanza stanza = within(answer, "The meeting server does not answer");
            if (stanza.attribute("type").equals("error")) {
                throw new IOException("The meeting server refuses: "
                        + stanza.child("error")
                                .flatMap(error -> error.children().stream().findFirst())
                                .map(Stanza::name)
                                .orElse("no reason given")
                        + ".");
            }
            return stanza;
        } finally {
            asked.remove(id);
        }
    }

    private <T> T within(CompletableFuture<T> future, String otherwise) throws IOException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(otherwise + ": " + e.getCause().getMessage() + ".", e);
        } catch (TimeoutException e) {
            throw new IOException(otherwise + " within " + PATIENCE.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (partial.length() + data.length() <= LONGEST) {
            partial.append(data);
        }
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            try {
                take(Stanza.read(text));
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        }
        from.request(1);
        return null;
    }

    private void take(Stanza stanza) {
        boolean answers = stanza.name().equals("iq")
                && (stanza.attribute("type").equals("result")
                        || stanza.attribute("type").equals("error"));
        CompletableFuture<Stanza> waiting = answers ? asked.get(stanza.attribute("id")) : null;
        if (waiting != null) {
            waiting.complete(stanza);
            return;
        }
        if (stanza.is("close", FRAMING)) {
            ended.complete("The meeting server ended the connection.");
            return;
        }
        synchronized (negotiation) {
            if (listener == null) {
                negotiation.add(stanza);
                return;
            }
        }
        listener.accept(stanza);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket closed, int status, String reason) {
        ended.complete("The connection to the meeting server was closed.");
        return null;
    }

    @Override
    public void onError(WebSocket broken, Throwable error) {
        ended.complete("The connection to the meeting server broke: " + error.getMessage());
    }

    @Override
    public void close() throws IOException {
        send("<close xmlns='" + FRAMING + "'/>");
        WebSocket open = within(lastSent, "The meeting server takes nothing any more");
        open.abort();
    }
}
