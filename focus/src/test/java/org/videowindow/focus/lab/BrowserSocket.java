package org.videowindow.focus.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.videowindow.focus.xml.XmlElement;

/** A browser's connection to the shard: XMPP over WebSocket (RFC 7395), signed in with a token. */
final class BrowserSocket implements AutoCloseable {
    private final LinkedBlockingQueue<String> handshake = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private volatile Consumer<XmlElement> stanzas;

    BrowserSocket(HttpClient http, int port) {
        socket = http.newWebSocketBuilder()
                .subprotocols("xmpp")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/?room=x"), new WebSocket.Listener() {
                    private final StringBuilder frame = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                        frame.append(data);
                        if (last) {
                            received(frame.toString());
                            frame.setLength(0);
                        }
                        ws.request(1);
                        return null;
                    }
                })
                .join();
    }

    /** Signs in; from then on stanzas go to the inbox. As Jitsi's client it sends the server no presence. */
    void signIn(String account, String token, Consumer<XmlElement> inbox) throws InterruptedException {
        open();
        String plain = "\0" + account + "\0" + token;
        text("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)) + "</auth>");
        await("<success");
        open();
        text("<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await("<iq");
        stanzas = inbox;
    }

    void send(XmlElement stanza) {
        text(stanza.toString());
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void open() throws InterruptedException {
        text("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + FakeShard.DOMAIN + "' version='1.0'/>");
        await("<open");
        await("<stream:features");
    }

    private synchronized void text(String frame) {
        socket.sendText(frame, true).join();
    }

    private void received(String frame) {
        Consumer<XmlElement> inbox = stanzas;
        if (inbox == null) {
            handshake.add(frame);
        } else if (frame.startsWith("<iq") || frame.startsWith("<presence") || frame.startsWith("<message")) {
            inbox.accept(Xml.stanza(frame));
        }
    }

    private void await(String start) throws InterruptedException {
        String frame = handshake.poll(60, TimeUnit.SECONDS);
        if (frame == null || !frame.startsWith(start)) {
            throw new IllegalStateException("expected " + start + " and got " + frame);
        }
    }
}
