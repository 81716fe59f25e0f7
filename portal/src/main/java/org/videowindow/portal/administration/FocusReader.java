package org.videowindow.portal.administration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.shard.ShardProperties;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks every shard's focus over its private HTTP address how it is and what it has, all at the same time. What does not
 * answer within {@link #PATIENCE}, or answers nonsense or too much, counts as silent: the page shows it as such. Called
 * by request threads; stateless.
 */
@Component
final class FocusReader implements DisposableBean {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_BYTES = 2 << 20;

    private final List<ShardProperties> shards;
    private final JsonMapper json;
    private @Nullable HttpClient http;

    FocusReader(PortalProperties properties, JsonMapper json) {
        this.shards = properties.shards();
        this.json = json;
    }

    /** Every shard with the state of its focus, in the order of the configuration. */
    Map<ShardProperties, FocusState> read() {
        Map<ShardProperties, FocusState> states = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<ShardProperties, Future<FocusState>> questions = new LinkedHashMap<>();
            shards.forEach(shard -> questions.put(shard, threads.submit(() -> read(shard, threads))));
            for (Map.Entry<ShardProperties, Future<FocusState>> question : questions.entrySet()) {
                states.put(question.getKey(), outcome(question.getValue()));
            }
        }
        return states;
    }

    private FocusState read(ShardProperties shard, ExecutorService threads) throws IOException {
        URI base = shard.focusUrl();
        URI health = base == null ? shard.focusHealthUrl() : base.resolve("/about/health");
        if (health == null) {
            return new FocusState(false, true, null, List.of(), List.of()); // Counts as healthy, as in its health.
        }
        Future<HttpResponse<byte[]>> healthAnswer = threads.submit(() -> ask(health));
        if (base == null) {
            return state(answer(healthAnswer), List.of(), List.of());
        }
        Future<HttpResponse<byte[]>> conferences = threads.submit(() -> ask(base.resolve("/conferences")));
        Future<HttpResponse<byte[]>> bridges = threads.submit(() -> ask(base.resolve("/bridges")));
        return state(
                answer(healthAnswer),
                FocusState.conferences(tree(answer(conferences))),
                FocusState.bridges(tree(answer(bridges))));
    }

    private FocusState state(
            HttpResponse<byte[]> health, List<FocusState.Conference> conferences, List<FocusState.Bridge> bridges) {
        boolean healthy = health.statusCode() == 200;
        String reason = null;
        if (!healthy) {
            String told = "";
            try {
                told = FocusState.cut(json.readTree(health.body()).path("reason"));
            } catch (JacksonException e) {
                told = ""; // The status says enough.
            }
            reason = told.isEmpty() ? "The focus says that no call can be started now." : told;
        }
        return new FocusState(true, healthy, reason, conferences, bridges);
    }

    private JsonNode tree(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
    }

    /** Patience is for the whole answer: one that comes drop by drop is none. */
    private HttpResponse<byte[]> ask(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer", e);
        }
    }

    private static HttpResponse<byte[]> answer(Future<HttpResponse<byte[]>> question) throws IOException {
        try {
            return question.get();
        } catch (ExecutionException e) {
            throw new IOException("no answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("no time", e);
        }
    }

    private static FocusState outcome(Future<FocusState> question) {
        try {
            return question.get();
        } catch (ExecutionException e) {
            return FocusState.silent("The focus does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FocusState.silent("The portal stops.");
        }
    }

    /** Made when an administrator first asks. */
    private synchronized HttpClient client() {
        HttpClient client = http;
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            http = client;
        }
        return client;
    }

    @Override
    public synchronized void destroy() {
        if (http != null) {
            http.shutdownNow();
        }
    }
}
