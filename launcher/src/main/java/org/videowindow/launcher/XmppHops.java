package org.videowindow.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The way of the signalling: WebSocket to the XMPP server, the focus, and the bridges in its brewery. */
final class XmppHops {
    private final Doctor doctor;
    private final Installation installation;
    private final SetUp setUp;
    private final Web web;

    XmppHops(Doctor doctor, Web web) {
        this.doctor = doctor;
        this.installation = doctor.installation();
        this.setUp = installation.setUp();
        this.web = web;
    }

    void look() throws InterruptedException {
        for (Instance shard : setUp.of(Part.SHARD_SERVER)) {
            String hop = "XMPP of " + setUp.label(shard);
            if (doctor.runs(shard)) {
                webSocket(
                        hop,
                        "ws://127.0.0.1:" + installation.ports().webSocket(shard.number()) + "/ws/",
                        "Look into " + installation.log(shard) + ", " + doctor.restart(shard) + ".");
            } else {
                doctor.skipped(hop, shard);
            }
        }
        for (Instance focus : setUp.of(Part.FOCUS)) {
            focus(focus);
            bridges(focus);
        }
        // After the focus: HAProxy passes rooms to shards with a healthy focus only.
        for (Instance proxy : setUp.of(Part.HAPROXY)) {
            String hop = "XMPP through " + setUp.label(proxy);
            if (doctor.runs(proxy)) {
                webSocket(
                        hop,
                        "wss://" + installation.publicHost() + ":"
                                + installation.ports().https(proxy.number()) + "/xmpp-websocket?room=doctor",
                        "The proxy has to pass /xmpp-websocket to a shard whose focus is healthy: compare "
                                + installation.configuration(proxy) + " with haproxy/haproxy.cfg.j2, and look into "
                                + installation.log(proxy) + ".");
            } else {
                doctor.skipped(hop, proxy);
            }
        }
    }

    /** The opening of RFC 7395, up to the features of the stream. */
    private void webSocket(String hop, String address, String fix) throws InterruptedException {
        Frames frames = new Frames();
        WebSocket socket;
        try {
            socket = web.client()
                    .newWebSocketBuilder()
                    .subprotocols("xmpp")
                    .connectTimeout(Web.PATIENCE)
                    .buildAsync(URI.create(address), frames)
                    .join();
        } catch (CompletionException refused) {
            doctor.findings().failed(hop, address + " takes no WebSocket: " + reason(refused.getCause()), fix);
            return;
        }
        try {
            socket.sendText(
                            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + Installation.DOMAIN
                                    + "' version='1.0'/>",
                            true)
                    .join();
            String open = frames.next();
            String features = frames.next();
            if (open.startsWith("<open") && features.contains("features") && features.contains("PLAIN")) {
                doctor.findings().ok(hop, "stream opened at " + address);
            } else {
                doctor.findings()
                        .failed(
                                hop,
                                address + " opens no XMPP stream (" + (open + features).length() + " characters)",
                                fix);
            }
        } finally {
            socket.abort();
        }
    }

    static String reason(Throwable failure) {
        if (failure instanceof java.net.http.WebSocketHandshakeException handshake) {
            return "HTTP status " + handshake.getResponse().statusCode();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private void focus(Instance focus) throws InterruptedException {
        String hop = "health of " + setUp.label(focus);
        if (!doctor.runs(focus)) {
            doctor.skipped(hop, focus);
            return;
        }
        try {
            HttpResponse<String> answer =
                    web.get("http://127.0.0.1:" + installation.ports().focus(focus.number()) + "/about/health");
            Object body = Json.read(answer.body().strip());
            String code = Json.text(body, "reason");
            String detail = Json.text(body, "detail").isEmpty() ? code : Json.text(body, "detail");
            if (answer.statusCode() == 200) {
                doctor.findings().ok(hop, "signed in; a call can be started");
            } else {
                doctor.findings().failed(hop, detail, focusFix(focus, code));
            }
        } catch (IOException | IllegalArgumentException silent) {
            doctor.findings().failed(hop, "does not answer", "Look into " + installation.log(focus) + ".");
        }
    }

    private String focusFix(Instance focus, String code) {
        Instance shard = new Instance(Part.SHARD_SERVER, focus.number());
        return switch (code) {
            case "xmpp-refused" ->
                "xmpp.password-file in " + installation.configuration(focus)
                        + " has to hold the same password as services.focus.password-file in "
                        + installation.configuration(shard) + ": correct it, " + doctor.restart(focus) + ".";
            case "xmpp-certificate" ->
                "xmpp.certificate-file in " + installation.configuration(focus) + " has to be "
                        + installation.certificate(focus.number()) + ".";
            case "xmpp-unreachable" ->
                "Start " + setUp.label(shard) + ", or correct xmpp.host and xmpp.port in "
                        + installation.configuration(focus) + ".";
            case "no-bridge" -> "Start a bridge, or look into its log why it is not in the brewery.";
            default -> "Look into " + installation.log(focus) + ".";
        };
    }

    private void bridges(Instance focus) throws InterruptedException {
        String hop = "bridges of " + setUp.label(focus);
        if (!doctor.runs(focus)) {
            doctor.skipped(hop, focus);
            return;
        }
        try {
            HttpResponse<String> answer =
                    web.get("http://127.0.0.1:" + installation.ports().focus(focus.number()) + "/bridges");
            if (answer.statusCode() != 200) {
                doctor.findings().skipped(hop, "the focus does not list them");
                return;
            }
            bridges(hop, Json.list(Json.read(answer.body().strip()), "bridges"));
        } catch (IOException | IllegalArgumentException silent) {
            doctor.findings().skipped(hop, "the focus does not answer");
        }
    }

    private void bridges(String hop, List<?> listed) {
        List<String> troubles = new ArrayList<>();
        for (Instance bridge : setUp.of(Part.VIDEOBRIDGE)) {
            Object found = listed.stream()
                    .filter(one -> Json.text(one, "id").equals(bridge.name()))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                troubles.add(bridge.name() + " is not in the brewery");
            } else if (Boolean.FALSE.equals(Json.at(found, "healthy"))) {
                troubles.add(bridge.name() + " says that it is not healthy");
            } else if (Boolean.TRUE.equals(Json.at(found, "draining"))) {
                troubles.add(bridge.name() + " is drained");
            }
        }
        if (troubles.isEmpty()) {
            doctor.findings().ok(hop, setUp.bridges() + " in the brewery, healthy");
        } else {
            doctor.findings()
                    .failed(
                            hop,
                            String.join(", ", troubles),
                            "Start the bridge that is missing, or look into its log why it cannot sign in"
                                    + " (DELETE /colibri/drain at its private port ends a drain).");
        }
    }

    /** What the server sends, message by message. Filled by the client's threads, read by the doctor's. */
    static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            messages.add("");
        }

        /** The next message; empty if none comes. */
        String next() throws InterruptedException {
            String message = messages.poll(Web.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return message == null ? "" : message;
        }
    }
}
