package org.videowindow.focus.saved;

import java.util.List;
import java.util.Optional;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.videowindow.focus.jingle.ClientTransport;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.source.EndpointSources;

/**
 * A conference as it was at one moment: enough to go on with it as after a lost link.
 *
 * @param room its room
 * @param createdMillis when it began, milliseconds since 1970 UTC
 * @param bridge where its media are, if it has media
 * @param participants who takes part
 */
public record SavedConference(
        EntityBareJid room, long createdMillis, Optional<Bridge> bridge, List<Participant> participants) {
    /** Copies the list. */
    public SavedConference {
        participants = List.copyOf(participants);
    }

    /**
     * A conference on a bridge.
     *
     * @param address the bridge's address in the brewery room
     * @param region of the bridge
     * @param meeting id of the conference there
     * @param sources the bridge's own streams
     */
    public record Bridge(Jid address, Optional<String> region, String meeting, EndpointSources sources) {}

    /**
     * Somebody with or without media.
     *
     * @param endpoint the nickname, which is the endpoint's id
     * @param realJid who it is: another person may have the nickname later
     * @param statsId as its presence said
     * @param region as its presence said
     * @param features what its client can do
     * @param declined whether it wants no media
     * @param session its media session
     */
    public record Participant(
            String endpoint,
            Optional<Jid> realJid,
            Optional<String> statsId,
            Optional<String> region,
            ClientFeatures features,
            boolean declined,
            Optional<Session> session) {}

    /**
     * A media session that the participant knows of.
     *
     * @param sid of Jingle
     * @param accepted whether it was accepted; if not, nobody knows how far it came
     * @param told whether the participant surely knows everybody's sources
     * @param transport how the bridge reaches the participant, if it was accepted
     * @param sources what the participant sends
     */
    public record Session(
            String sid, boolean accepted, boolean told, Optional<ClientTransport> transport, EndpointSources sources) {}
}
