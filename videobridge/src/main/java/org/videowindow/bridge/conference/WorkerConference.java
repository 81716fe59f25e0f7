package org.videowindow.bridge.conference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/**
 * The outside of a conference: turns calls of any thread into commands for the worker, and keeps what readers need as
 * values the worker publishes.
 */
final class WorkerConference implements Conference {
    private static final long ANSWER_SECONDS = 1;

    private final String id;
    private final String meetingId;
    private final String name;
    private final int worker;
    private final Commands commands;
    private final AtomicInteger workerEndpoints;
    private final BooleanSupplier bridgeIsFull;
    private final Runnable whenExpired;
    private final Map<String, EndpointTransport> transports = new ConcurrentHashMap<>();
    private final Map<String, List<String>> forwarded = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> senderConstraints = new ConcurrentHashMap<>();
    private final Map<String, Map<MediaKind, List<MappedSource>>> mapped = new ConcurrentHashMap<>();
    private volatile SpeakerOrder speakers = SpeakerOrder.NOBODY;
    private volatile boolean expired;
    private volatile ConferenceSession session;

    WorkerConference(
            String id,
            String meetingId,
            String name,
            int worker,
            Commands commands,
            AtomicInteger workerEndpoints,
            BooleanSupplier bridgeIsFull,
            Runnable whenExpired) {
        this.id = id;
        this.meetingId = meetingId;
        this.name = name;
        this.worker = worker;
        this.commands = commands;
        this.workerEndpoints = workerEndpoints;
        this.bridgeIsFull = bridgeIsFull;
        this.whenExpired = whenExpired;
    }

    /** Ties it to its inside, once, before anybody else sees it. */
    void begin(ConferenceSession inside) {
        session = inside;
    }

    // --- What the worker publishes ---

    void endpointAdded(String endpointId, EndpointTransport transport) {
        transports.put(endpointId, transport);
        workerEndpoints.incrementAndGet();
    }

    void endpointRemoved(String endpointId) {
        transports.remove(endpointId);
        forwarded.remove(endpointId);
        senderConstraints.remove(endpointId);
        mapped.remove(endpointId);
        workerEndpoints.decrementAndGet();
    }

    void publishForwarded(String endpointId, List<String> sources) {
        forwarded.put(endpointId, sources);
    }

    void publishSenderConstraints(String endpointId, Map<String, Integer> maxHeights) {
        senderConstraints.put(endpointId, Map.copyOf(maxHeights));
    }

    void publishMapped(String endpointId, Map<MediaKind, List<MappedSource>> sources) {
        mapped.put(endpointId, Map.copyOf(sources));
    }

    void publishSpeakers(SpeakerOrder order) {
        speakers = order;
    }

    void publishExpired() {
        expired = true;
        whenExpired.run();
    }

    int worker() {
        return worker;
    }

    // --- What others ask ---

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meetingId() {
        return meetingId;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> endpointIds() {
        return Set.copyOf(transports.keySet());
    }

    @Override
    public List<MediaSource> feedbackSources() {
        return session.feedbackSources();
    }

    @Override
    public EndpointTransport addEndpoint(String endpointId, EndpointSettings settings) throws ConferenceException {
        if (bridgeIsFull.getAsBoolean()) {
            throw new ConferenceException(Reason.LIMIT, "The bridge holds as many endpoints as it may.");
        }
        return ask((inside, now) -> inside.addEndpoint(endpointId, settings, now));
    }

    @Override
    public EndpointTransport restartIce(String endpointId) throws ConferenceException {
        return ask((inside, now) -> inside.restartIce(endpointId, now));
    }

    @Override
    public void setRemoteTransport(String endpointId, RemoteTransport transport) throws ConferenceException {
        ask((inside, now) -> {
            inside.setRemoteTransport(endpointId, transport);
            return null;
        });
    }

    @Override
    public void setSources(String endpointId, List<MediaSource> sources) throws ConferenceException {
        ask((inside, now) -> {
            inside.setSources(endpointId, sources, now);
            return null;
        });
    }

    @Override
    public void setReceiverConstraints(String endpointId, ReceiverConstraints constraints) {
        commands.post(now -> session.setReceiverConstraints(endpointId, constraints, now));
    }

    @Override
    public void setVideoType(String endpointId, String sourceName, VideoType type) {
        commands.post(now -> session.setVideoType(endpointId, sourceName, type, now));
    }

    @Override
    public void expireEndpoint(String endpointId) throws ConferenceException {
        ask((inside, now) -> {
            inside.expireEndpoint(endpointId, now);
            return null;
        });
    }

    @Override
    public void expire() {
        try {
            ask((inside, now) -> {
                inside.expire(now);
                return null;
            });
        } catch (ConferenceException e) {
            // Gone already, or a worker that hangs: then the bridge is unhealthy and says so.
        }
    }

    @Override
    public boolean isExpired() {
        return expired;
    }

    @Override
    public boolean admitsChannel(String endpointId, String password) {
        EndpointTransport transport = transports.get(endpointId);
        return transport != null
                && MessageDigest.isEqual(
                        transport.channelPassword().getBytes(StandardCharsets.UTF_8),
                        password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SpeakerOrder speakers() {
        return speakers;
    }

    @Override
    public List<String> forwardedSources(String endpointId) {
        return forwarded.getOrDefault(endpointId, List.of());
    }

    @Override
    public Optional<MediaPath> mediaPath(String endpointId) throws ConferenceException {
        return ask((inside, now) -> inside.require(endpointId).mediaPath());
    }

    @Override
    public void tap(String endpointId, PacketTap tap) throws ConferenceException {
        ask((inside, now) -> {
            inside.require(endpointId).tap(tap);
            return null;
        });
    }

    @Override
    public void untap(String endpointId, PacketTap tap) throws ConferenceException {
        ask((inside, now) -> {
            inside.require(endpointId).untap(tap);
            return null;
        });
    }

    @Override
    public Map<String, Integer> senderConstraints(String endpointId) {
        return senderConstraints.getOrDefault(endpointId, Map.of());
    }

    @Override
    public List<MappedSource> mappedSources(String endpointId, MediaKind kind) {
        return mapped.getOrDefault(endpointId, Map.of()).getOrDefault(kind, List.of());
    }

    @Override
    public ConferenceSnapshot snapshot() throws ConferenceException {
        return ask(ConferenceSession::snapshot);
    }

    @Override
    public String toString() {
        return "conference " + id;
    }

    private interface Question<T> {
        T put(ConferenceSession inside, long now) throws ConferenceException;
    }

    private <T> T ask(Question<T> question) throws ConferenceException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean posted = commands.post(now -> {
            if (answer.isDone()) {
                return;
            }
            try {
                answer.complete(question.put(session, now));
            } catch (ConferenceException e) {
                answer.completeExceptionally(e);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        if (!posted) {
            throw overloaded();
        }
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw overloaded();
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw overloaded();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConferenceException refused) {
                throw refused;
            }
            throw new IllegalStateException("The worker met a defect.", e.getCause());
        }
    }

    private static ConferenceException overloaded() {
        return new ConferenceException(Reason.OVERLOADED, "The bridge is busy or stopping.");
    }
}
