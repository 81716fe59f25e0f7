package org.videowindow.shard.openfire;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.dom4j.Document;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;

/**
 * A client as a browser is one: XMPP over WebSocket (RFC 7395), raw, so that a test sees each frame as it came. Answers
 * pings unless told not to.
 */
final class Browser implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";

    private final WebSocket socket;
    private final List<String> frames = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean answersPings = true;
    private boolean closed;
    private int read;
    private int ids;
    private String address;

    private Browser(ShardProcess shard, String query) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("xmpp")
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + shard.webSocketPort + "/ws/" + query), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                                received(data, last);
                                ws.request(1);
                                return null;
                            }

                            @Override
                            public CompletionStage<?> onClose(WebSocket ws, int status, String reason) {
                                ended();
                                return null;
                            }

                            @Override
                            public void onError(WebSocket ws, Throwable error) {
                                ended();
                            }
                        })
                .join();
    }

    /** Opens the WebSocket, no more. */
    static Browser dial(ShardProcess shard, String query) {
        return new Browser(shard, query);
    }

    /** Signs in with a ticket and binds. */
    static Browser connect(ShardProcess shard, Portal.Ticket ticket) {
        Browser browser = dial(shard, "?room=x");
        browser.open();
        browser.authenticate(ticket.account(), ticket.token());
        browser.expect(frame -> frame.startsWith("<success"), "success");
        browser.open();
        browser.bind();
        return browser;
    }

    void open() {
        send("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + ShardProcess.DOMAIN + "' version='1.0'/>");
        expect(frame -> frame.startsWith("<open "), "open");
        expect(frame -> frame.startsWith("<stream:features"), "features");
    }

    void authenticate(String name, String password) {
        authenticate("", name, password);
    }

    void authenticate(String authzid, String name, String password) {
        byte[] plain = (authzid + "\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8);
        send("<auth xmlns='" + SASL + "' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(plain) + "</auth>");
    }

    void bind() {
        Element answer = ask("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>", "set", null);
        address = answer.element("bind").elementText("jid");
    }

    String address() {
        return address;
    }

    void ignorePings() {
        answersPings = false;
    }

    /** Sends an IQ and gives its answer, whatever it is. */
    Element ask(String child, String type, String to) {
        String id = "b" + ++ids;
        send("<iq xmlns='jabber:client' type='" + type + "' id='" + id + "'" + (to == null ? "" : " to='" + to + "'")
                + ">" + child + "</iq>");
        return stanza(
                e -> "iq".equals(e.getName())
                        && id.equals(e.attributeValue("id"))
                        && ("result".equals(e.attributeValue("type")) || "error".equals(e.attributeValue("type"))),
                "answer to " + child);
    }

    /** Enters a room and gives the presence in answer: its own, or the error. */
    Element join(String room, String nick, String children) {
        String occupant = room + "@" + ShardProcess.ROOMS + "/" + nick;
        send("<presence xmlns='jabber:client' to='" + occupant + "'><x xmlns='http://jabber.org/protocol/muc'/>"
                + children + "</presence>");
        return stanza(
                e -> "presence".equals(e.getName()) && occupant.equals(e.attributeValue("from")),
                "presence of " + occupant);
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** The next stanza that fits, in order; those before it are skipped. */
    Element stanza(Predicate<Element> fits, String what) {
        return parse(expect(frame -> frame.startsWith("<") && fits.test(parse(frame)), what));
    }

    /** The next frame that fits, in order; those before it are skipped. */
    synchronized String expect(Predicate<String> fits, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            while (read < frames.size()) {
                String frame = frames.get(read++);
                if (fits.test(frame)) {
                    return frame;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || closed) {
                throw new AssertionError("No " + what + (closed ? " before the end" : "") + "; frames so far:\n"
                        + String.join("\n", frames));
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits for the server to end the connection. */
    synchronized boolean awaitEnd(long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    synchronized List<String> frames() {
        return List.copyOf(frames);
    }

    /** Breaks the connection without a word, as a lost network does. */
    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.sendText("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>", true)
                .handle((sent, failure) -> null) // the server may have been first
                .join();
        socket.abort();
    }

    static Element parse(String frame) {
        try {
            Document document = new SAXReader().read(new StringReader(frame));
            return document.getRootElement();
        } catch (DocumentException e) {
            throw new AssertionError("Not one whole element: " + frame, e);
        }
    }

    private synchronized void received(CharSequence data, boolean last) {
        partial.append(data);
        if (!last) {
            return;
        }
        String frame = partial.toString();
        partial.setLength(0);
        if (answersPings && frame.contains("urn:xmpp:ping") && frame.contains("type=\"get\"")) {
            String id = parse(frame).attributeValue("id");
            var _ = socket.sendText(
                    "<iq xmlns='jabber:client' type='result' id='" + id + "' to='" + ShardProcess.DOMAIN + "'/>", true);
            return;
        }
        frames.add(frame);
        notifyAll();
    }

    private synchronized void ended() {
        closed = true;
        notifyAll();
    }
}
