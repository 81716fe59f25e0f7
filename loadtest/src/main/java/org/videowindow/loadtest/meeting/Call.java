package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.videowindow.loadtest.endpoint.Participant;

/** The media side of a guest: one session after the other that the focus offers. All calls come on the guest's thread. */
interface Call extends AutoCloseable {
    /**
     * A session is offered; the one before has ended.
     *
     * @return who takes part in it
     * @throws IOException when it cannot be accepted, in one sentence
     */
    Participant join(String endpointId, SessionOffer offer) throws IOException;

    /** SHA-256 of the certificate of whom {@link #join} gave. */
    String fingerprint();

    /** The focus has heard that the session is accepted. Done when media can flow, or why not. */
    CompletableFuture<Void> connect(SessionOffer offer);

    /**
     * Media can flow.
     *
     * @throws IOException when they cannot after all, in one sentence
     */
    void flow(SessionOffer offer) throws IOException;

    /** Others send more. */
    void announced(Stanza jingle) throws IOException;

    /** The session has ended. */
    void end();

    /** There will be no other. */
    @Override
    void close();
}
