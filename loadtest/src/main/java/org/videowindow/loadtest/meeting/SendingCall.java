package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.ice.IceAgent;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** Sends and does not look: tells a {@link Guest.Stage} when media may flow. Has an engine of its own. */
final class SendingCall implements Call {
    private final Sent sent;
    private final Guest.Stage stage;
    private Engine engine;
    private Participant participant;

    SendingCall(Sent sent, Guest.Stage stage) {
        this.sent = sent;
        this.stage = stage;
    }

    @Override
    public Participant join(String endpointId, SessionOffer offer) throws IOException {
        if (engine == null) {
            engine = Engine.start(offer.remote().candidates().stream().allMatch(SendingCall::isLoopback));
        }
        participant = engine.join(endpointId, offer.format(sent.codec()), true);
        return participant;
    }

    private static boolean isLoopback(IceAgent.Candidate candidate) {
        return candidate.address() >>> 24 == 127;
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
    public void flow(SessionOffer offer) {
        Participant joined = participant;
        OutgoingTrack audio = sent.sound()
                ? engine.ask(() -> joined.addTrack(false, sent.source().audioSsrc(), 0))
                : null;
        OutgoingTrack video = null;
        if (sent.pictures()) {
            Encoding only = sent.source().video().getFirst();
            video = engine.ask(() -> joined.addTrack(true, only.ssrc(), only.repeatSsrc()));
        }
        stage.begin(engine, audio, video);
    }

    @Override
    public void announced(Stanza jingle) {
        // It does not look at others.
    }

    @Override
    public void end() {
        stage.pause();
        engine.leave(List.of(participant));
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
