package org.videowindow.focus.jingle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.SourceViolation;
import org.videowindow.focus.source.SourceViolation.Reason;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * Collects the {@code <source rid='…'>} and {@code <rid-group semantics='SIM'>} of one request, the forms that Jitsi has
 * for RFC 8853: each source names its stream, and a group puts the streams of one picture in order, smallest first. For
 * one request, then thrown away.
 */
final class RidReader {
    private final int limit;
    private final Map<String, Announced> byName = new LinkedHashMap<>();
    private final List<XmlElement> groups = new ArrayList<>();
    private int count;

    /** What the elements of one source say. */
    private static final class Announced {
        final Set<String> rids = new LinkedHashSet<>();
        final boolean desktop;
        String msid;
        String mid;
        boolean grouped;
        List<String> order = List.of();

        Announced(boolean desktop) {
            this.desktop = desktop;
        }
    }

    /** @param limit streams, and groups, of one request */
    RidReader(int limit) {
        this.limit = limit;
    }

    /** Whether the element announces a stream by its id. */
    static boolean isSource(XmlElement element) {
        return element.is("source", Namespaces.SSMA)
                && element.attribute("rid") != null
                && element.attribute("ssrc") == null;
    }

    /** Whether the element is a group of such streams. */
    static boolean isGroup(XmlElement element) {
        return element.is("rid-group", Namespaces.SSMA);
    }

    /** Takes a source. */
    Optional<SourceViolation> source(XmlElement element, MediaKind kind) {
        String name = element.attribute("name");
        String rid = element.attribute("rid");
        if (name == null) {
            return refuse(Reason.NAME_INVALID, "");
        }
        if (kind != MediaKind.VIDEO) {
            return refuse(Reason.RID_INVALID, rid);
        }
        if (++count > limit) {
            return refuse(Reason.TOO_MANY_SOURCES, "these");
        }
        boolean desktop = "desktop".equals(element.attribute("videoType"));
        Announced announced = byName.computeIfAbsent(name, key -> new Announced(desktop));
        if (!announced.rids.add(rid)) {
            return refuse(Reason.RIDS_REPEATED, name);
        }
        String msid = parameter(element, "msid");
        String mid = parameter(element, "mid");
        if (differ(announced.msid, msid) || differ(announced.mid, mid) || announced.desktop != desktop) {
            return refuse(Reason.SOURCE_INCONSISTENT, name);
        }
        announced.msid = msid == null ? announced.msid : msid;
        announced.mid = mid == null ? announced.mid : mid;
        return Optional.empty();
    }

    private static boolean differ(String before, String now) {
        return before != null && now != null && !before.equals(now);
    }

    private static String parameter(XmlElement element, String name) {
        return element.children("parameter", Namespaces.SSMA)
                .filter(parameter -> name.equals(parameter.attribute("name")))
                .map(parameter -> parameter.attribute("value"))
                .findFirst()
                .orElse(null);
    }

    /** Takes a group; what it groups may follow. */
    Optional<SourceViolation> group(XmlElement element) {
        String semantics = element.attribute("semantics", "");
        if (!semantics.equals("SIM")) {
            return refuse(Reason.GROUP_UNKNOWN, semantics);
        }
        if (groups.size() >= limit || element.children().size() > limit) {
            return refuse(Reason.TOO_MANY_GROUPS, "these");
        }
        groups.add(element);
        return Optional.empty();
    }

    /** Puts together what was taken; the sources go to the list. */
    Optional<SourceViolation> finish(List<RidSource> sources) {
        for (XmlElement group : groups) {
            Optional<SourceViolation> violation = order(group);
            if (violation.isPresent()) {
                return violation;
            }
        }
        for (Map.Entry<String, Announced> entry : byName.entrySet()) {
            Announced announced = entry.getValue();
            List<String> order = announced.grouped ? announced.order : List.copyOf(announced.rids);
            if (order.size() != announced.rids.size() || (!announced.grouped && order.size() > 1)) {
                return refuse(Reason.UNGROUPED, entry.getKey());
            }
            String mid = announced.mid == null ? "" : announced.mid;
            sources.add(new RidSource(entry.getKey(), announced.msid, announced.desktop, mid, order));
        }
        return Optional.empty();
    }

    private Optional<SourceViolation> order(XmlElement group) {
        Announced announced = null;
        List<String> order = new ArrayList<>();
        for (XmlElement member : group.children("source", Namespaces.SSMA).toList()) {
            String rid = member.attribute("rid", "");
            Optional<Announced> of = find(rid, member.attribute("name"));
            if (of.isEmpty()) {
                return refuse(Reason.GROUP_MEMBER_UNKNOWN, rid);
            }
            if (announced != null && announced != of.get()) {
                return refuse(Reason.GROUP_MIXED, "SIM");
            }
            announced = of.get();
            if (order.contains(rid)) {
                return refuse(Reason.GROUP_MALFORMED, "SIM");
            }
            order.add(rid);
        }
        if (announced == null) {
            return refuse(Reason.GROUP_MALFORMED, "SIM");
        }
        if (announced.grouped) {
            return refuse(Reason.GROUP_OVERLAP, order.getFirst());
        }
        announced.grouped = true;
        announced.order = order;
        return Optional.empty();
    }

    /** The source a member of a group is of: the one it names, else the only one with that stream. */
    private Optional<Announced> find(String rid, String name) {
        List<Announced> fitting = byName.entrySet().stream()
                .filter(entry -> name == null || name.equals(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(announced -> announced.rids.contains(rid))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static Optional<SourceViolation> refuse(Reason reason, String subject) {
        return Optional.of(new SourceViolation(reason, subject));
    }
}
