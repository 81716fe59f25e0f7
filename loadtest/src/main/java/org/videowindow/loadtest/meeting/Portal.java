package org.videowindow.loadtest.meeting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks the portal for a guest's ticket, as its web pages do. One thread. */
final class Portal {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI address;
    private final Map<String, String> cookies = new TreeMap<>();

    Portal(HttpClient http, URI address) {
        this.http = http;
        this.address = address;
    }

    /**
     * A ticket to a meeting that guests may join.
     *
     * @throws IOException when the portal refuses or cannot be reached, in one sentence
     */
    Ticket ticket(String room, String name) throws IOException {
        // The first answer brings the cookie that changes have to repeat.
        send(HttpRequest.newBuilder(path("/api/v1/session")).GET());
        String body = JSON.createObjectNode().put("name", name).toString();
        JsonNode ticket = send(HttpRequest.newBuilder(path("/api/v1/rooms/" + room + "/tickets"))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", token())
                .POST(BodyPublishers.ofString(body)));
        JsonNode xmpp = ticket.path("xmpp");
        String jid = text(xmpp, "jid");
        return new Ticket(
                text(ticket, "endpointId"),
                URI.create(text(xmpp, "webSocketUrl")),
                text(xmpp, "domain"),
                jid.substring(0, Math.max(0, jid.indexOf('@'))),
                text(xmpp, "password"),
                text(xmpp, "roomJid"),
                text(xmpp, "focusJid"));
    }

    private URI path(String path) {
        return address.resolve(path);
    }

    private String token() {
        return URLDecoder.decode(cookies.getOrDefault("XSRF-TOKEN", ""), StandardCharsets.UTF_8);
    }

    private void keepCookies(HttpResponse<?> response) {
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
            }
            HttpResponse<String> response = http.send(
                    request.timeout(PATIENCE)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofString());
            keepCookies(response);
            JsonNode body = response.body().isBlank() ? JSON.nullNode() : JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("The portal refuses (" + response.statusCode() + "): "
                        + body.path("detail").asText(body.path("title").asText("it does not say why")));
            }
            return body;
        } catch (ConnectException e) {
            throw new IOException("The portal at " + address + " cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the portal was asked.", e);
        }
    }

    private static String text(JsonNode node, String name) throws IOException {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IOException("The portal's ticket has no \"" + name + "\".");
        }
        return value.textValue();
    }
}
