package org.videowindow.focus.jingle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceGroup;
import org.videowindow.focus.source.SourceRemoval;
import org.videowindow.focus.source.SourceViolation;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * What a client asks by Jingle (XEP-0166), read from its element. Reading never throws, whatever is in it, and takes no
 * more of it than the limits.
 *
 * @param action what it asks
 * @param sid the session it means
 * @param jingle the element
 */
public record JingleRequest(Action action, String sid, XmlElement jingle) {
    private static final int CONTENT_LIMIT = 8;

    /** The actions that mean something to the focus. */
    public enum Action {
        /** "I take the offer." */
        SESSION_ACCEPT("session-accept"),
        /** "The session is over", perhaps "invite me again". */
        SESSION_TERMINATE("session-terminate"),
        /** A notice. */
        SESSION_INFO("session-info"),
        /** Candidates. */
        TRANSPORT_INFO("transport-info"),
        /** "I send more." */
        SOURCE_ADD("source-add"),
        /** "I send less." */
        SOURCE_REMOVE("source-remove"),
        /** Any other. */
        OTHER("");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        static Action of(String word) {
            for (Action action : values()) {
                if (action != OTHER && action.word.equals(word)) {
                    return action;
                }
            }
            return OTHER;
        }
    }

    /** What a client says when it accepts. */
    public record Accept(ClientTransport transport, EndpointSources sources) {}

    /** Reads the element. */
    public static JingleRequest of(XmlElement jingle) {
        return new JingleRequest(Action.of(jingle.attribute("action", "")), jingle.attribute("sid", ""), jingle);
    }

    /** Reads a session-accept. */
    public Reading<Accept> accept(int sourceLimit) {
        List<XmlElement> contents = contents();
        if (contents.isEmpty() || contents.size() > CONTENT_LIMIT) {
            return Reading.bad("a session has audio and video");
        }
        Optional<XmlElement> transport = transport();
        if (transport.isEmpty()) {
            return Reading.bad("there is no transport");
        }
        Optional<IceCredentials> credentials = IceCredentials.of(transport.get());
        if (credentials.isEmpty()) {
            return Reading.bad("ufrag or pwd is malformed");
        }
        Optional<Fingerprint> fingerprint = Fingerprint.in(transport.get(), "active");
        if (fingerprint.isEmpty()) {
            return Reading.bad("the fingerprint is missing, malformed or of a weak hash");
        }
        if (!fingerprint.get().setup().equals("active")) {
            return Reading.bad("the bridge is the DTLS server: setup has to be active");
        }
        return switch (sources(sourceLimit)) {
            case Reading.Good<EndpointSources>(var sources) ->
                new Reading.Good<>(new Accept(new ClientTransport(credentials.get(), fingerprint.get()), sources));
            case Reading.Bad<EndpointSources>(var error) -> new Reading.Bad<>(error);
        };
    }

    /** Reads the sources and groups of a session-accept or source-add. */
    public Reading<EndpointSources> sources(int limit) {
        List<Source> sources = new ArrayList<>();
        List<SourceGroup> groups = new ArrayList<>();
        RidReader rids = new RidReader(limit);
        List<XmlElement> contents = contents();
        if (contents.size() > CONTENT_LIMIT) {
            return Reading.bad("there are too many contents");
        }
        for (XmlElement content : contents) {
            Optional<XmlElement> description = content.child("description", Namespaces.RTP);
            Optional<MediaKind> kind = description
                    .map(d -> d.attribute("media", content.attribute("name", "")))
                    .flatMap(MediaKind::of);
            if (kind.isEmpty()) {
                continue;
            }
            for (XmlElement element : description.get().children()) {
                Optional<SourceViolation> violation = Optional.empty();
                if (RidReader.isSource(element)) {
                    violation = rids.source(element, kind.get());
                } else if (RidReader.isGroup(element)) {
                    violation = rids.group(element);
                } else if (element.is("source", Namespaces.SSMA)) {
                    violation = source(element, kind.get(), limit, sources);
                } else if (element.is("ssrc-group", Namespaces.SSMA)) {
                    violation = group(element, kind.get(), limit, groups);
                }
                if (violation.isPresent()) {
                    return new Reading.Bad<>(violation.get().toError());
                }
            }
        }
        List<RidSource> ridSources = new ArrayList<>();
        Optional<SourceViolation> violation = rids.finish(ridSources);
        return violation.isPresent()
                ? new Reading.Bad<>(violation.get().toError())
                : new Reading.Good<>(new EndpointSources(sources, groups, ridSources));
    }

    /** Reads what a source-remove names: SSRCs, and stream ids of sources. */
    public Reading<SourceRemoval> removal(int limit) {
        Set<Long> ssrcs = new HashSet<>();
        Map<String, Set<String>> rids = new HashMap<>();
        int named = 0;
        for (XmlElement content : contents()) {
            for (XmlElement description : content.children()) {
                for (XmlElement element : description.children()) {
                    if (!element.is("source", Namespaces.SSMA)) {
                        continue;
                    }
                    if (RidReader.isSource(element)) {
                        named += rids.computeIfAbsent(element.attribute("name", ""), name -> new HashSet<>())
                                        .add(element.attribute("rid"))
                                ? 1
                                : 0;
                    } else {
                        long ssrc = ssrc(element);
                        if (ssrc == 0) {
                            return new Reading.Bad<>(invalid(element).toError());
                        }
                        ssrcs.add(ssrc);
                    }
                    if (ssrcs.size() + named > limit) {
                        return new Reading.Bad<>(
                                new SourceViolation(SourceViolation.Reason.TOO_MANY_SOURCES, "these").toError());
                    }
                }
            }
        }
        return new Reading.Good<>(new SourceRemoval(ssrcs, rids));
    }

    /** The transport with credentials. All contents are bundled: the first one is the transport. */
    Optional<XmlElement> transport() {
        return contents().stream()
                .limit(CONTENT_LIMIT)
                .flatMap(content -> content.children("transport", Namespaces.ICE_UDP))
                .filter(candidate -> candidate.attribute("ufrag") != null)
                .findFirst();
    }

    /** The element {@code bridge-session}, by which restarts are asked for. */
    public Optional<XmlElement> bridgeSession() {
        return jingle.child("bridge-session", Namespaces.FOCUS);
    }

    /** The word within {@code reason}, or empty. */
    public String reason() {
        return jingle.child("reason", Namespaces.JINGLE).stream()
                .flatMap(reason -> reason.children().stream())
                .map(XmlElement::name)
                .filter(name -> !name.equals("text"))
                .findFirst()
                .orElse("");
    }

    private List<XmlElement> contents() {
        return jingle.children("content", Namespaces.JINGLE).toList();
    }

    private static Optional<SourceViolation> source(
            XmlElement element, MediaKind kind, int limit, List<Source> sources) {
        long ssrc = ssrc(element);
        if (ssrc == 0) {
            return Optional.of(invalid(element));
        }
        if (sources.size() >= limit) {
            return Optional.of(new SourceViolation(SourceViolation.Reason.TOO_MANY_SOURCES, "these"));
        }
        String msid = element.children("parameter", Namespaces.SSMA)
                .filter(parameter -> "msid".equals(parameter.attribute("name")))
                .map(parameter -> parameter.attribute("value"))
                .findFirst()
                .orElse(null);
        boolean desktop = kind == MediaKind.VIDEO && "desktop".equals(element.attribute("videoType"));
        sources.add(new Source(ssrc, kind, element.attribute("name"), msid, desktop));
        return Optional.empty();
    }

    private static Optional<SourceViolation> group(
            XmlElement element, MediaKind kind, int limit, List<SourceGroup> groups) {
        String name = element.attribute("semantics", "");
        Optional<SourceGroup.Semantics> semantics = SourceGroup.Semantics.of(name);
        if (semantics.isEmpty()) {
            return Optional.of(new SourceViolation(SourceViolation.Reason.GROUP_UNKNOWN, name));
        }
        List<XmlElement> members = element.children("source", Namespaces.SSMA).toList();
        if (groups.size() >= limit || members.size() > limit) {
            return Optional.of(new SourceViolation(SourceViolation.Reason.TOO_MANY_GROUPS, "these"));
        }
        List<Long> ssrcs = new ArrayList<>();
        for (XmlElement member : members) {
            long ssrc = ssrc(member);
            if (ssrc == 0) {
                return Optional.of(invalid(member));
            }
            ssrcs.add(ssrc);
        }
        groups.add(new SourceGroup(semantics.get(), kind, ssrcs));
        return Optional.empty();
    }

    private static SourceViolation invalid(XmlElement element) {
        return new SourceViolation(SourceViolation.Reason.SSRC_INVALID, element.attribute("ssrc", ""));
    }

    /** The SSRC, or 0, which is none. */
    private static long ssrc(XmlElement element) {
        String text = element.attribute("ssrc", "");
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        long ssrc = Long.parseLong(text);
        return ssrc <= 0xFFFF_FFFFL ? ssrc : 0;
    }
}
