package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Room;
import org.videowindow.loadtest.sfu.Source;
import org.videowindow.loadtest.sfu.Waiting;

/**
 * A meeting whose participants come through portal, meeting server and focus, as people do. The focus invites from the
 * second participant on, so it is the receivers that everybody is waited for with.
 */
final class MeetingRoom implements Room {
    /** Guests that come in at a time. */
    private static final int DOORS = 8;

    private final HttpClient http;
    private final Engine engine;
    private final MeetingAddress address;
    private final Codec codec;
    private final List<Guest> guests = new ArrayList<>();
    private final List<CompletableFuture<Void>> ready = new ArrayList<>();
    private volatile boolean closing;

    MeetingRoom(HttpClient http, Engine engine, MeetingAddress address, Codec codec) {
        this.http = http;
        this.engine = engine;
        this.address = address;
        this.codec = codec;
    }

    @Override
    public void addSenders(List<Joining> senders, HeightLimits limits) throws IOException {
        // Senders of a load only send: what they would receive of each other is a load of its own.
        LoadCall.Wish nothing = new LoadCall.Wish(0, 0);
        enter(senders, nothing, limits);
    }

    @Override
    public void addReceivers(List<Participant> receivers, int maxHeight) throws IOException {
        List<Joining> joining = receivers.stream()
                .map(receiver -> new Joining(receiver, Source.NONE))
                .toList();
        enter(joining, new LoadCall.Wish(-1, maxHeight), (participant, height) -> {});
        Waiting.all(ready);
    }

    private void enter(List<Joining> joining, LoadCall.Wish wish, HeightLimits limits) throws IOException {
        List<Future<Guest>> entering = new ArrayList<>();
        try (ExecutorService doors = Executors.newFixedThreadPool(DOORS)) {
            for (Joining one : joining) {
                String id = one.participant().id();
                IntConsumer limit = height -> limits.limit(id, height);
                LoadCall call = new LoadCall(http, engine, one.participant(), wish, limit);
                ready.add(call.ready());
                Sent sent = new Sent("Load " + id, codec, one.source(), codec == Codec.AV1);
                entering.add(doors.submit(() -> Guest.join(http, address, sent, call)));
            }
        }
        for (Future<Guest> guest : entering) {
            try {
                guests.add(guest.get());
                CompletableFuture<Void> _ = guest.resultNow().out().thenAccept(this::tell);
            } catch (ExecutionException e) {
                throw new IOException(
                        "A participant does not get into the meeting: "
                                + e.getCause().getMessage(),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted.", e);
            }
        }
    }

    private void tell(String why) {
        if (!closing) {
            System.err.println(why);
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        IOException failure = null;
        for (Guest guest : guests) {
            try {
                guest.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
