package org.videowindow.focus.saved;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.jingle.ClientTransport;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceGroup;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xml.XmlReader;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * A note on a conference as text. The form belongs to one version of the focus: of another version's note nothing is
 * taken, and the conference starts again. Pure functions.
 */
final class ConferenceXml {
    /** Changed with every change of the form. */
    private static final String NAMESPACE = "urn:video-window:saved-conference:3";

    private static final XmlReader.Limits LIMITS = new XmlReader.Limits(200_000, 8, 20_000_000);

    private ConferenceXml() {}

    static String write(SavedConference conference) {
        XmlElement.Builder root =
                element("conference").with("room", conference.room()).with("created", conference.createdMillis());
        conference
                .bridge()
                .ifPresent(bridge -> root.with(element("bridge")
                        .with("address", bridge.address())
                        .with("region", bridge.region().orElse(null))
                        .with("meeting", bridge.meeting())
                        .with(sources(bridge.sources()))));
        conference.participants().forEach(participant -> root.with(participant(participant)));
        // The end is marked by a complete element: half a file is no XML.
        return root.build().toString();
    }

    /**
     * Reads a note.
     *
     * @throws IOException when it is none, or one of another version
     */
    static SavedConference read(String text) throws IOException {
        try {
            XmlPullParser parser = PacketParserUtils.getParserFor(new StringReader(text));
            XmlReader.Reading reading = XmlReader.read(parser, LIMITS);
            XmlElement root = reading.element();
            if (!reading.complete() || !root.is("conference", NAMESPACE)) {
                throw new IOException("not a note of this version");
            }
            return conference(root);
        } catch (XmlPullParserException | RuntimeException e) {
            throw new IOException("not a note: " + e.getMessage(), e);
        }
    }

    private static SavedConference conference(XmlElement root) {
        EntityBareJid room = JidCreate.entityBareFromOrThrowUnchecked(root.attribute("room"));
        return new SavedConference(
                room,
                Long.parseLong(root.attribute("created")),
                root.child("bridge", NAMESPACE)
                        .map(bridge -> new SavedConference.Bridge(
                                jid(bridge.attribute("address")),
                                Optional.ofNullable(bridge.attribute("region")),
                                required(bridge, "meeting"),
                                sources(bridge))),
                root.children("participant", NAMESPACE)
                        .map(ConferenceXml::participant)
                        .toList());
    }

    private static XmlElement.Builder participant(SavedConference.Participant participant) {
        XmlElement.Builder out = element("participant")
                .with("endpoint", participant.endpoint())
                .with("real", participant.realJid().orElse(null))
                .with("stats-id", participant.statsId().orElse(null))
                .with("region", participant.region().orElse(null))
                .with("red", participant.features().red())
                .with("maps-sources", participant.features().mapsSources())
                .with("declined", participant.declined());
        participant.session().ifPresent(session -> {
            XmlElement.Builder inner = element("session")
                    .with("sid", session.sid())
                    .with("accepted", session.accepted())
                    .with("told", session.told())
                    .with(sources(session.sources()));
            session.transport().ifPresent(transport -> inner.with(transport.toXml()));
            out.with(inner);
        });
        return out;
    }

    private static SavedConference.Participant participant(XmlElement in) {
        return new SavedConference.Participant(
                required(in, "endpoint"),
                Optional.ofNullable(in.attribute("real")).map(ConferenceXml::jid),
                Optional.ofNullable(in.attribute("stats-id")),
                Optional.ofNullable(in.attribute("region")),
                new ClientFeatures(isTrue(in, "red"), isTrue(in, "maps-sources")),
                isTrue(in, "declined"),
                in.child("session", NAMESPACE)
                        .map(session -> new SavedConference.Session(
                                required(session, "sid"),
                                isTrue(session, "accepted"),
                                isTrue(session, "told"),
                                session.child("transport", Namespaces.ICE_UDP).flatMap(ClientTransport::of),
                                sources(session))));
    }

    private static XmlElement.Builder sources(EndpointSources set) {
        XmlElement.Builder out = element("sources");
        set.sources()
                .forEach(source -> out.with(element("source")
                        .with("ssrc", source.ssrc())
                        .with("kind", source.kind().word())
                        .with("name", source.name())
                        .with("msid", source.msid())
                        .with("desktop", source.desktop())));
        set.groups()
                .forEach(group -> out.with(element("group")
                        .with("semantics", group.semantics())
                        .with("kind", group.kind().word())
                        .with(
                                "ssrcs",
                                String.join(
                                        " ",
                                        group.ssrcs().stream()
                                                .map(Object::toString)
                                                .toList()))));
        set.ridSources()
                .forEach(source -> out.with(element("rid-source")
                        .with("name", source.name())
                        .with("msid", source.msid())
                        .with("desktop", source.desktop())
                        .with("mid", source.mid())
                        .with("rids", String.join(" ", source.rids()))));
        return out;
    }

    private static EndpointSources sources(XmlElement in) {
        XmlElement sources = in.child("sources", NAMESPACE).orElseThrow();
        List<Source> all = new ArrayList<>();
        sources.children("source", NAMESPACE)
                .forEach(source -> all.add(new Source(
                        Long.parseLong(source.attribute("ssrc")),
                        MediaKind.of(source.attribute("kind")).orElseThrow(),
                        required(source, "name"),
                        source.attribute("msid"),
                        isTrue(source, "desktop"))));
        List<SourceGroup> groups = new ArrayList<>();
        sources.children("group", NAMESPACE).forEach(group -> {
            List<Long> ssrcs = new ArrayList<>();
            for (String ssrc : required(group, "ssrcs").split(" ", -1)) {
                ssrcs.add(Long.valueOf(ssrc));
            }
            groups.add(new SourceGroup(
                    SourceGroup.Semantics.of(group.attribute("semantics")).orElseThrow(),
                    MediaKind.of(group.attribute("kind")).orElseThrow(),
                    ssrcs));
        });
        List<RidSource> ridSources = sources.children("rid-source", NAMESPACE)
                .map(source -> new RidSource(
                        required(source, "name"),
                        source.attribute("msid"),
                        isTrue(source, "desktop"),
                        source.attribute("mid", ""),
                        List.of(required(source, "rids").split(" ", -1))))
                .toList();
        return new EndpointSources(all, groups, ridSources);
    }

    private static XmlElement.Builder element(String name) {
        return XmlElement.element(name, NAMESPACE);
    }

    private static boolean isTrue(XmlElement element, String attribute) {
        return "true".equals(element.attribute(attribute));
    }

    private static String required(XmlElement element, String attribute) {
        return Optional.ofNullable(element.attribute(attribute)).orElseThrow();
    }

    private static Jid jid(String text) {
        return Optional.ofNullable(JidCreate.fromOrNull(text)).orElseThrow();
    }
}
