package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.util.List;
import org.videowindow.loadtest.endpoint.Participant;

/** A meeting at a server. One thread at a time. */
public interface Room extends AutoCloseable {
    /** Told, on any thread, up to which height a participant should send. */
    @FunctionalInterface
    interface HeightLimits {
        void limit(String participant, int maxHeight);
    }

    /** A participant and what it sends. */
    record Joining(Participant participant, Source source) {}

    /** Participants that send come in; returns when all are connected. */
    void addSenders(List<Joining> senders, HeightLimits limits) throws IOException;

    /**
     * Participants that receive everything that is sent come in; returns when all are connected.
     *
     * @param maxHeight the height they want to see of every picture
     */
    void addReceivers(List<Participant> receivers, int maxHeight) throws IOException;

    /**
     * Some of them leave while the meeting goes on.
     *
     * @throws IOException when the server refuses that, or where nobody leaves early, in one sentence
     */
    default void removeReceivers(List<Participant> receivers) throws IOException {
        throw new IOException("Nobody leaves early where participants are not a bridge's own.");
    }

    /** Everybody leaves and the meeting ends. */
    @Override
    void close() throws IOException;
}
