package org.videowindow.focus.conference;

import java.time.Duration;
import java.util.Optional;
import org.videowindow.focus.agent.Agent;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.muc.OccupantPresence;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.DiscoInfo;
import org.videowindow.focus.xmpp.Namespaces;
import org.videowindow.focus.xmpp.Requests.Answer;

/**
 * Finds out what a participant's client can do: by the hash in its presence (XEP-0115), else by asking it. One that
 * says nothing in time is taken for one that can nothing special, which is less than it could have and always works.
 * Belongs to the conference's agent.
 */
final class FeatureDiscovery {
    /** The offer waits for the answer; a client that is there answers within a round trip. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final FocusContext focus;
    private final Agent agent;
    private final Runnable whenKnown;

    /** @param whenKnown told after each participant whose features were not known at once */
    FeatureDiscovery(FocusContext focus, Agent agent, Runnable whenKnown) {
        this.focus = focus;
        this.agent = agent;
        this.whenKnown = whenKnown;
    }

    /** Somebody came in; until its features are known it is not to be invited. */
    void discover(Participant participant, OccupantPresence presence) {
        Optional<XmlElement> caps = presence.stanza().child("c", Namespaces.CAPS);
        String hash = caps.map(c -> c.attribute("ver")).orElse(null);
        if (hash == null) {
            return;
        }
        Optional<ClientFeatures> known = focus.knownFeatures().of(hash);
        if (known.isPresent()) {
            participant.has(known.get());
            return;
        }
        participant.awaitFeatures();
        XmlElement question = XmlElement.element("query", Namespaces.DISCO_INFO)
                .with("node", caps.get().attribute("node", "") + "#" + hash)
                .build();
        focus.requests().ask("get", participant.occupant(), question, PATIENCE, agent, answer -> {
            participant.has(features(hash, answer));
            whenKnown.run();
        });
    }

    private ClientFeatures features(String hash, Answer answer) {
        return answer instanceof Answer.Result(Optional<XmlElement> payload)
                ? payload.flatMap(DiscoInfo::of)
                        .map(info -> focus.knownFeatures().learn(hash, info))
                        .orElse(ClientFeatures.NONE)
                : ClientFeatures.NONE;
    }
}
