package org.videowindow.focus.colibri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.videowindow.focus.jingle.BridgeTransport;
import org.videowindow.focus.jingle.ClientTransport;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.media.OfferedMedia;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceGroup;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/** The COLIBRI2 elements: what the focus asks a bridge, and how it reads the answer. Pure functions. */
final class ColibriStanzas {
    private static final int BRIDGE_SOURCE_LIMIT = 8;
    private static final long SSRC_MAX = 0xFFFF_FFFFL;
    /** How clients recognise the bridge's own streams. */
    private static final String BRIDGE_MSID = "mixedmslabel mixedlabel";

    private ColibriStanzas() {}

    /** Makes an endpoint, and with the first one the conference. */
    static XmlElement createEndpoint(
            String meeting,
            String room,
            boolean createConference,
            String endpoint,
            Optional<String> statsId,
            ClientFeatures features) {
        XmlElement.Builder created = XmlElement.element("endpoint", Namespaces.COLIBRI2)
                .with("id", endpoint)
                .with("create", true)
                .with("stats-id", statsId.orElse(null));
        for (MediaKind kind : MediaKind.values()) {
            created.with(XmlElement.element("media", Namespaces.COLIBRI2)
                    .with("type", kind.word())
                    .with(OfferedMedia.elements(kind, features)));
        }
        created.with(XmlElement.element("transport", Namespaces.COLIBRI2).with("ice-controlling", true))
                .with(XmlElement.element("sources", Namespaces.COLIBRI2))
                .with(capability("source-names"));
        if (features.mapsSources()) {
            created.with(capability("ssrc-rewriting"));
        }
        XmlElement.Builder modify = modify(meeting);
        if (createConference) {
            modify.with("create", true).with("name", room).with("rtcstats-enabled", false);
        }
        return modify.with(created).build();
    }

    private static XmlElement.Builder capability(String name) {
        return XmlElement.element("capability", Namespaces.COLIBRI2).with("name", name);
    }

    /** Tells what an endpoint sends and, where it is given, how the endpoint is reached. */
    static XmlElement updateEndpoint(
            String meeting, String endpoint, Optional<ClientTransport> transport, EndpointSources sources) {
        XmlElement.Builder updated =
                XmlElement.element("endpoint", Namespaces.COLIBRI2).with("id", endpoint);
        transport.ifPresent(t -> updated.with(
                XmlElement.element("transport", Namespaces.COLIBRI2).with(t.toXml())));
        return modify(meeting).with(updated.with(sources(sources))).build();
    }

    /** Asks for new ICE credentials of the bridge next to those it has. */
    static XmlElement restartIce(String meeting, String endpoint) {
        return modify(meeting)
                .with(XmlElement.element("endpoint", Namespaces.COLIBRI2)
                        .with("id", endpoint)
                        .with(XmlElement.element("transport", Namespaces.COLIBRI2)
                                .with("ice-restart", true)))
                .build();
    }

    /** Removes an endpoint. */
    static XmlElement expireEndpoint(String meeting, String endpoint) {
        return modify(meeting)
                .with(XmlElement.element("endpoint", Namespaces.COLIBRI2)
                        .with("id", endpoint)
                        .with("expire", true))
                .build();
    }

    /** Removes the conference. */
    static XmlElement expireConference(String meeting) {
        return modify(meeting).with("expire", true).build();
    }

    /** Reads what the bridge gave for the endpoint; empty when that is not usable. */
    static Optional<BridgeTransport> transport(XmlElement modified, String endpoint) {
        return modified.children("endpoint", Namespaces.COLIBRI2)
                .filter(e -> endpoint.equals(e.attribute("id")))
                .flatMap(e -> e.children("transport", Namespaces.COLIBRI2))
                .flatMap(t -> t.children("transport", Namespaces.ICE_UDP))
                .findFirst()
                .flatMap(BridgeTransport::of);
    }

    /** Reads the bridge's own sources. */
    static EndpointSources bridgeSources(XmlElement modified) {
        List<Source> sources = new ArrayList<>();
        modified.children("sources", Namespaces.COLIBRI2)
                .flatMap(all -> all.children("media-source", Namespaces.COLIBRI2))
                .limit(BRIDGE_SOURCE_LIMIT)
                .forEach(media -> MediaKind.of(media.attribute("type", ""))
                        .ifPresent(kind -> media.children("source", Namespaces.SSMA)
                                .limit(BRIDGE_SOURCE_LIMIT)
                                .forEach(source -> bridgeSource(kind, source).ifPresent(sources::add))));
        return new EndpointSources(sources, List.of());
    }

    private static Optional<Source> bridgeSource(MediaKind kind, XmlElement source) {
        try {
            long ssrc = Long.parseLong(source.attribute("ssrc", ""));
            String name = "jvb-" + kind.letter() + "0";
            return ssrc >= 1 && ssrc <= SSRC_MAX
                    ? Optional.of(new Source(ssrc, kind, name, BRIDGE_MSID + kind.word() + "0", false))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static XmlElement.Builder modify(String meeting) {
        return XmlElement.element("conference-modify", Namespaces.COLIBRI2).with("meeting-id", meeting);
    }

    private static XmlElement sources(EndpointSources set) {
        Map<String, XmlElement.Builder> byName = new LinkedHashMap<>();
        Map<Long, String> nameOfSsrc = new LinkedHashMap<>();
        for (Source source : set.sources()) {
            nameOfSsrc.put(source.ssrc(), source.name());
            byName.computeIfAbsent(
                            source.name(),
                            name -> XmlElement.element("media-source", Namespaces.COLIBRI2)
                                    .with("type", source.kind().word())
                                    .with("id", name))
                    .with(XmlElement.element("source", Namespaces.SSMA)
                            .with("ssrc", source.ssrc())
                            .with("name", source.name())
                            .with("videoType", videoType(source)));
        }
        for (SourceGroup group : set.groups()) {
            XmlElement.Builder element =
                    XmlElement.element("ssrc-group", Namespaces.SSMA).with("semantics", group.semantics());
            group.ssrcs()
                    .forEach(ssrc -> element.with(
                            XmlElement.element("source", Namespaces.SSMA).with("ssrc", ssrc)));
            byName.get(nameOfSsrc.get(group.ssrcs().getFirst())).with(element);
        }
        for (RidSource source : set.ridSources()) {
            byName.get(source.name()).with(ridGroup(source));
        }
        XmlElement.Builder sources = XmlElement.element("sources", Namespaces.COLIBRI2);
        byName.values().forEach(sources::with);
        return sources.build();
    }

    /** The stream ids of its encodings, smallest first: the bridge learns from packets which SSRC is which. */
    private static XmlElement.Builder ridGroup(RidSource source) {
        XmlElement.Builder group =
                XmlElement.element("rid-group", Namespaces.SSMA).with("semantics", SourceGroup.Semantics.SIM);
        for (String rid : source.rids()) {
            XmlElement.Builder member = XmlElement.element("source", Namespaces.SSMA)
                    .with("rid", rid)
                    .with("name", source.name());
            if (!source.mid().isEmpty()) {
                member.with(XmlElement.element("parameter", Namespaces.SSMA)
                        .with("name", "mid")
                        .with("value", source.mid()));
            }
            group.with(member);
        }
        return group;
    }

    private static String videoType(Source source) {
        if (source.kind() == MediaKind.AUDIO) {
            return null;
        }
        return source.desktop() ? "desktop" : "camera";
    }
}
