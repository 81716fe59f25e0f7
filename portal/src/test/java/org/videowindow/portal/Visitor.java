package org.videowindow.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as far as the API is concerned: keeps cookies, sends the CSRF header. */
public final class Visitor {
    public static final String PASSWORD = "a long enough secret";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String origin;
    /** Requests of one browser may be on their way side by side. */
    private final Map<String, String> cookies = new ConcurrentSkipListMap<>();

    private @Nullable String csrfHeader;
    private boolean sendsCsrf = true;

    public Visitor(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response, Instant sentAt) {
        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        /** The stable code of a problem. */
        public String code() {
            return json().path("code").asString("");
        }

        /** The Set-Cookie header for a cookie. */
        public String setCookie(String name) {
            return headers("Set-Cookie").stream()
                    .filter(header -> header.startsWith(name + "="))
                    .findFirst()
                    .orElse("");
        }
    }

    public static String newEmail() {
        return "visitor-" + UUID.randomUUID() + "@example.org";
    }

    /** Sends the CSRF header no longer. */
    public Visitor withoutCsrf() {
        sendsCsrf = false;
        return this;
    }

    /** Sends this CSRF header instead of the cookie's. */
    public Visitor withCsrfHeader(String value) {
        csrfHeader = value;
        return this;
    }

    public Visitor withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    public @Nullable String cookie(String name) {
        return cookies.get(name);
    }

    /** Loads the page's first request, which brings the CSRF cookie. */
    public Visitor arrive() {
        get("/api/v1/session");
        return this;
    }

    /** Signs up as somebody new and stays signed in. */
    public Visitor signUp(String email, String name) {
        arrive();
        Answer answer = post("/api/v1/accounts", Map.of("email", email, "password", PASSWORD, "name", name));
        if (answer.status() != 201) {
            throw new AssertionError("Sign-up answered " + answer.status() + " " + answer.text());
        }
        return this;
    }

    public Visitor signUp() {
        return signUp(newEmail(), "Visitor");
    }

    public String accountId() {
        return get("/api/v1/session").json().at("/account/id").asString();
    }

    public String email() {
        return get("/api/v1/session").json().at("/account/email").asString();
    }

    /** Makes a meeting and answers its JSON. */
    public JsonNode meeting(String name) {
        return post("/api/v1/meetings", Map.of("name", name)).json();
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer patch(String path, Object body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    public Answer put(String path) {
        return send("PUT", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /**
     * Sends one request.
     *
     * @param body a String goes as it is, a BodyPublisher too, anything else as JSON; null for none
     */
    public Answer send(String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.BodyPublisher publisher = switch (body) {
            case null -> BodyPublishers.noBody();
            case HttpRequest.BodyPublisher ready -> ready;
            case String text -> BodyPublishers.ofString(text);
            default -> BodyPublishers.ofString(JSON.writeValueAsString(body));
        };
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, publisher);
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (!cookies.isEmpty()) {
            request.setHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        String token = csrfHeader != null ? csrfHeader : cookies.get("XSRF-TOKEN");
        if (sendsCsrf && token != null && !method.equals("GET")) {
            request.setHeader("X-XSRF-TOKEN", token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            Instant sentAt = Instant.now();
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Answer(response, sentAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String setCookie) {
        String[] parts = setCookie.split(";", 2);
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, equals);
        String value = parts[0].substring(equals + 1);
        if (value.isEmpty() || parts[1].contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }
}
