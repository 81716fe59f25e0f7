package org.videowindow.focus.conference;

import java.util.random.RandomGenerator;
import org.jxmpp.jid.EntityFullJid;
import org.videowindow.focus.agent.Scheduler;
import org.videowindow.focus.bridge.Brewery;
import org.videowindow.focus.media.KnownFeatures;
import org.videowindow.focus.metrics.FocusMetrics;
import org.videowindow.focus.saved.SavedConferences;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Requests;
import org.videowindow.focus.xmpp.ShardLink;

/**
 * What all conferences of a focus share.
 *
 * @param self the focus's own address
 * @param version the program's version
 * @param capabilities the caps element of its presence
 * @param knownFeatures what kinds of clients can do
 * @param random ids come from it; has to be safe for threads
 */
public record FocusContext(
        ConferenceSettings settings,
        Scheduler scheduler,
        ShardLink link,
        Requests requests,
        Brewery brewery,
        FocusMetrics metrics,
        SavedConferences saved,
        EntityFullJid self,
        String version,
        XmlElement capabilities,
        KnownFeatures knownFeatures,
        RandomGenerator random) {}
