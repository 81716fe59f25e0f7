package org.videowindow.bridge.colibri.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private HTTP server: health, version, metrics, COLIBRI2, draining and diagnosis.
 *
 * <p>It has no authentication. So that a web page in a browser on this machine cannot use it, changes need the content
 * type {@code application/json}, which a page may not send elsewhere without asking first, and nothing here answers
 * that question. Draining has no body, and is refused to whoever names an origin, as pages do.
 */
public final class PrivateHttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrivateHttpServer.class);
    private static final String CONFERENCES = "/colibri/v2/conferences";
    private static final String CAPTURES = "/colibri/captures";

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    private final InetSocketAddress bind;
    private final ConferencesResource conferences;
    private final DrainResource drain;
    private final CapturesResource captures;
    private final AboutResource about;
    private final Server server;
    private final ServerConnector connector;

    /** A permit for each request that is being answered. */
    private final Semaphore answering = new Semaphore(Integer.MAX_VALUE);

    public PrivateHttpServer(
            InetSocketAddress bind,
            ConferencesResource conferences,
            DrainResource drain,
            CapturesResource captures,
            AboutResource about) {
        this.bind = bind;
        this.conferences = conferences;
        this.drain = drain;
        this.captures = captures;
        this.about = about;
        QueuedThreadPool threads = new QueuedThreadPool(16, 2);
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bind.getAddress().getHostAddress());
        connector.setPort(bind.getPort());
        connector.setIdleTimeout(30_000);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (!answering.tryAcquire()) {
                    // It is being closed.
                    response.setStatus(503);
                    callback.succeeded();
                    return true;
                }
                Callback answered = Callback.from(callback, () -> answering.release());
                HttpAnswer answer = answer(request);
                response.setStatus(answer.status());
                if (!answer.contentType().isEmpty()) {
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
                }
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                Content.Sink.write(response, true, answer.body(), answered);
                return true;
            }
        });
    }

    /** @throws IOException when the port cannot be had, in one sentence */
    public void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("The private HTTP server cannot listen on " + bind + ": " + e.getMessage(), e);
        }
    }

    /** Where the server listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(bind.getAddress(), connector.getLocalPort());
    }

    /** Ends it; whoever asked for that by a request has the answer first. */
    @Override
    public void close() {
        try {
            if (!answering.tryAcquire(Integer.MAX_VALUE, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The private HTTP server stops before its last answers");
            }
            server.stop();
        } catch (Exception e) {
            log.warn("The private HTTP server did not stop cleanly: {}", e.getMessage());
        }
    }

    private HttpAnswer answer(Request request) {
        String path = Request.getPathInContext(request);
        String method = request.getMethod();
        try {
            if (path.startsWith(CONFERENCES + "/")) {
                String meetingId = path.substring(CONFERENCES.length() + 1);
                return switch (method) {
                    case "GET" -> conferences.get(meetingId);
                    case "PATCH" -> isJson(request) ? conferences.patch(meetingId, body(request)) : notJson();
                    default -> notAllowed();
                };
            }
            if (path.startsWith(CAPTURES + "/")) {
                String id = path.substring(CAPTURES.length() + 1);
                return switch (method) {
                    case "DELETE" -> isOfAPage(request) ? notForPages() : captures.end(id);
                    default -> notAllowed();
                };
            }
            return switch (path) {
                case CAPTURES ->
                    switch (method) {
                        case "GET" -> captures.list();
                        case "POST" -> isJson(request) ? captures.begin(body(request)) : notJson();
                        default -> notAllowed();
                    };
                case CONFERENCES ->
                    switch (method) {
                        case "GET" -> conferences.list();
                        case "POST" -> isJson(request) ? conferences.post(body(request)) : notJson();
                        default -> notAllowed();
                    };
                case "/colibri/drain" ->
                    switch (method) {
                        case "GET" -> drain.get();
                        case "POST" ->
                            isOfAPage(request) ? notForPages() : drain.begin(parameter(request, "end-after"));
                        case "DELETE" -> isOfAPage(request) ? notForPages() : drain.end();
                        default -> notAllowed();
                    };
                case "/about/health" -> about.health();
                case "/about/version" -> about.version();
                case "/metrics" -> about.metrics();
                default -> HttpAnswer.error(404, "not-found", "There is nothing here.");
            };
        } catch (IOException e) {
            return HttpAnswer.error(400, "bad-request", "The body could not be read.");
        } catch (RuntimeException e) {
            log.error("A request to the private port failed", e);
            return HttpAnswer.error(500, "internal-server-error", "The bridge could not answer.");
        }
    }

    /** A parameter of the query, or {@code null}. */
    private static String parameter(Request request, String name) {
        return Request.extractQueryParameters(request).getValue(name);
    }

    private static boolean isJson(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    /** Browsers say on whose behalf they change something. */
    private static boolean isOfAPage(Request request) {
        return request.getHeaders().contains(HttpHeader.ORIGIN);
    }

    private static String body(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(ConferencesResource.LONGEST + 1);
            if (bytes.length > ConferencesResource.LONGEST) {
                throw new IOException("The body is too long.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static HttpAnswer notJson() {
        return HttpAnswer.error(415, "unsupported-media-type", "The content type must be application/json.");
    }

    private static HttpAnswer notForPages() {
        return HttpAnswer.error(403, "forbidden", "Web pages may not do this.");
    }

    private static HttpAnswer notAllowed() {
        return HttpAnswer.error(405, "method-not-allowed", "This method is not known here.");
    }
}
