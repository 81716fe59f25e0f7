package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.sfu.BridgeChannel;
import org.videowindow.loadtest.sfu.Source.Encoding;

/**
 * The only session of a participant of a load: connects it, opens its bridge channel, says what it wants to see and keeps
 * up with what others announce.
 */
final class LoadCall implements Call {
    private final HttpClient http;
    private final Engine engine;
    private final Participant participant;
    private final Wish wish;
    private final IntConsumer heightLimit;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private BridgeChannel channel;
    private boolean joined;

    /**
     * What it wants to see.
     *
     * @param lastN pictures at most, -1 for all
     * @param maxHeight lines of each
     */
    record Wish(int lastN, int maxHeight) {}

    /** @param heightLimit told up to which height it should send */
    LoadCall(HttpClient http, Engine engine, Participant participant, Wish wish, IntConsumer heightLimit) {
        this.http = http;
        this.engine = engine;
        this.participant = participant;
        this.wish = wish;
        this.heightLimit = heightLimit;
    }

    /** Done when it is connected and its wishes are told, or why not. Any thread. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public Participant join(String endpointId, SessionOffer offer) throws IOException {
        if (joined) {
            throw new IOException("Participant " + endpointId + " was given a second session and takes part no more.");
        }
        joined = true;
        participant.negotiated(offer.format(participant.format().codec()));
        announced(offer.jingle());
        return participant;
    }

    @Override
    public String fingerprint() {
        return engine.fingerprint();
    }

    @Override
    public CompletableFuture<Void> connect(SessionOffer offer) {
        return participant.connect(offer.remote(), offer.fingerprint());
    }

    @Override
    public void flow(SessionOffer offer) throws IOException {
        String address = offer.channel().orElseThrow(() -> new IOException("The offer has no bridge channel."));
        channel = BridgeChannel.open(http, address, heightLimit);
        channel.wish(wish.lastN, wish.maxHeight);
        ready.complete(null);
    }

    @Override
    public void announced(Stanza jingle) throws IOException {
        List<Encoding> pairs = AnnouncedSources.repeated(jingle);
        engine.execute(() -> pairs.forEach(pair -> participant.repeats(pair.repeatSsrc(), pair.ssrc())));
    }

    @Override
    public void end() {
        ready.completeExceptionally(new IOException("The meeting ended the session of " + participant.id() + "."));
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() {
        // The engine is the load's.
    }
}
