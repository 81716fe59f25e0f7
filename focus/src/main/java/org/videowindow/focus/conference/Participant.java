package org.videowindow.focus.conference;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.videowindow.focus.agent.Cancellable;
import org.videowindow.focus.jingle.RestartLimit;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.saved.SavedConference;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * An occupant that takes part with media. Its nickname is its endpoint id on the bridge and the prefix of the names of
 * its sources. Belongs to the conference's agent.
 */
final class Participant {
    private static final Pattern ENDPOINT = Pattern.compile("[0-9a-f]{8}");
    private static final int TEXT_MAX = 64;
    /** Offers that fail in a row before the participant has to ask by itself. */
    private static final int OFFERS = 4;

    private final String endpoint;
    private final EntityFullJid occupant;
    private final Optional<Jid> realJid;
    private final Optional<String> statsId;
    private final Optional<String> region;
    private final RestartLimit restarts;
    private final RestartLimit iceRestarts;
    private ClientFeatures features = ClientFeatures.NONE;
    /** What its client can do is being asked. */
    private boolean awaitsFeatures;

    /** The current session, or null. */
    private JingleSession session;
    /** The participant ended its session and wants none. */
    private boolean declined;
    /** Offers that failed since the last accept. */
    private int failures;
    /** Runs while the next offer has to wait. */
    private Cancellable pause;

    Participant(OccupantPresence presence, ConferenceSettings settings) {
        this.endpoint = presence.nick();
        this.occupant = presence.occupant();
        this.realJid = presence.realJid();
        this.statsId = text(presence.stanza(), "stats-id");
        this.region = text(presence.stanza(), "jitsi_participant_region");
        this.restarts =
                new RestartLimit(settings.restartDistance(), settings.restartsPerMinute(), Duration.ofMinutes(1));
        this.iceRestarts =
                new RestartLimit(settings.restartDistance(), settings.restartsPerMinute(), Duration.ofMinutes(1));
    }

    /** Goes on with somebody of an earlier process; the session follows. */
    static Participant resumed(
            SavedConference.Participant saved, OccupantPresence presence, ConferenceSettings settings) {
        Participant participant = new Participant(presence, settings);
        participant.declined = saved.declined();
        participant.features = saved.features();
        return participant;
    }

    /** Its presence as far as a participant is made from it. */
    static OccupantPresence remembered(EntityBareJid room, SavedConference.Participant saved) {
        XmlElement.Builder presence = XmlElement.element("presence", Namespaces.CLIENT);
        saved.statsId()
                .ifPresent(text -> presence.with(
                        XmlElement.element("stats-id", Namespaces.CLIENT).text(text)));
        saved.region()
                .ifPresent(text -> presence.with(XmlElement.element("jitsi_participant_region", Namespaces.CLIENT)
                        .text(text)));
        return OccupantPresence.remembered(
                JidCreate.entityFullFrom(room, Resourcepart.fromOrThrowUnchecked(saved.endpoint())),
                saved.realJid(),
                presence.build());
    }

    /** What to go on with in another process. */
    SavedConference.Participant saved(EndpointSources sources) {
        return new SavedConference.Participant(
                endpoint,
                realJid,
                statsId,
                region,
                features,
                declined,
                session().flatMap(s -> s.saved(sources)));
    }

    /** Whether a nickname is that of a participant; others are services and watchers. */
    static boolean isEndpoint(String nick) {
        return ENDPOINT.matcher(nick).matches();
    }

    String endpoint() {
        return endpoint;
    }

    EntityFullJid occupant() {
        return occupant;
    }

    Optional<String> statsId() {
        return statsId;
    }

    Optional<String> region() {
        return region;
    }

    /** What its client can do. */
    ClientFeatures features() {
        return features;
    }

    void awaitFeatures() {
        awaitsFeatures = true;
    }

    void has(ClientFeatures discovered) {
        features = discovered;
        awaitsFeatures = false;
    }

    RestartLimit restarts() {
        return restarts;
    }

    /** Their budget is their own: who uses it up can still be invited again. */
    RestartLimit iceRestarts() {
        return iceRestarts;
    }

    Optional<JingleSession> session() {
        return Optional.ofNullable(session);
    }

    boolean has(JingleSession other) {
        return session == other;
    }

    /** Whether an offer should be made now. */
    boolean isToBeInvited() {
        return session == null && !declined && !awaitsFeatures && pause == null && failures < OFFERS;
    }

    void invited(JingleSession newSession) {
        session = newSession;
    }

    void accepted() {
        failures = 0;
    }

    /** The session is over. */
    void sessionOver() {
        if (session != null) {
            session.over();
            session = null;
        }
    }

    /** An offer failed: the next one waits. */
    Duration failed() {
        failures++;
        return Duration.ofSeconds(1L << Math.min(failures, 5));
    }

    void pause(Cancellable timer) {
        pause = timer;
    }

    void pauseOver() {
        pause = null;
    }

    /** It wants no media. */
    void decline() {
        declined = true;
    }

    /** It asked for a new offer: whatever went wrong before is forgotten. */
    void restart() {
        failures = 0;
        gone();
        declined = false;
    }

    /** It left: nothing waits for it any more. */
    void gone() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }

    private static Optional<String> text(XmlElement presence, String name) {
        return presence.child(name, Namespaces.CLIENT)
                .map(XmlElement::text)
                .filter(text -> !text.isBlank() && text.length() <= TEXT_MAX);
    }
}
