package org.videowindow.bridge.colibri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri2.Sources;
import org.jitsi.xmpp.extensions.jingle.SourceGroupPacketExtension;
import org.jitsi.xmpp.extensions.jingle.SourceRidGroupPacketExtension;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.SsrcGroup;
import org.videowindow.bridge.conference.StreamIds;
import org.videowindow.bridge.conference.VideoType;

/**
 * Reads the sources of an endpoint. A {@code media-source} is one source with several SSRCs; where its SSRCs carry
 * different names it is taken apart by name. Stateless.
 */
final class SourceReader {
    private static final int MEDIA_SOURCES = 64;
    private static final int SSRCS = 128;
    private static final int NAME = 128;
    private static final long HIGHEST_SSRC = 0xFFFF_FFFFL;

    private SourceReader() {}

    static List<MediaSource> read(Sources sources) throws ColibriRefusal {
        EndpointReader.limit(sources.getMediaSources().size(), MEDIA_SOURCES, "sources");
        List<MediaSource> read = new ArrayList<>();
        for (org.jitsi.xmpp.extensions.colibri2.MediaSource source : sources.getMediaSources()) {
            read(source, read);
        }
        return read;
    }

    private static void read(org.jitsi.xmpp.extensions.colibri2.MediaSource source, List<MediaSource> read)
            throws ColibriRefusal {
        MediaKind kind = EndpointReader.kind(source.getType());
        EndpointReader.limit(source.getSources().size(), SSRCS, "SSRCs");
        EndpointReader.limit(source.getSsrcGroups().size(), SSRCS, "groups");
        Map<String, List<SourcePacketExtension>> byName = new LinkedHashMap<>();
        for (SourcePacketExtension ssrc : source.getSources()) {
            String name = ssrc.getName() == null ? source.getId() : ssrc.getName();
            if (name == null || name.isEmpty() || name.length() > NAME) {
                throw ColibriRefusal.badRequest("A source has a name of at most " + NAME + " characters.");
            }
            byName.computeIfAbsent(name, key -> new ArrayList<>()).add(ssrc);
        }
        List<SsrcGroup> groups = groups(source);
        Map<String, StreamIds> ids = StreamIdReader.read(source, byName.keySet());
        for (Map.Entry<String, List<SourcePacketExtension>> entry : byName.entrySet()) {
            Set<Long> ssrcs = new LinkedHashSet<>();
            VideoType videoType = kind == MediaKind.VIDEO ? VideoType.CAMERA : VideoType.NONE;
            for (SourcePacketExtension element : entry.getValue()) {
                ssrcs.add(ssrc(element));
                videoType = kind == MediaKind.VIDEO ? videoType(element.getVideoType(), videoType) : videoType;
            }
            List<SsrcGroup> own = new ArrayList<>();
            for (SsrcGroup group : groups) {
                if (ssrcs.contains(group.ssrcs().getFirst())) {
                    own.add(group);
                }
            }
            read.add(new MediaSource(
                    entry.getKey(),
                    kind,
                    videoType,
                    primaryFirst(ssrcs, own),
                    own,
                    ids.getOrDefault(entry.getKey(), StreamIds.NONE)));
        }
    }

    /** Groups the bridge understands; others (FEC) are left out. */
    private static List<SsrcGroup> groups(org.jitsi.xmpp.extensions.colibri2.MediaSource source) throws ColibriRefusal {
        Set<Long> known = new LinkedHashSet<>();
        for (SourcePacketExtension ssrc : source.getSources()) {
            known.add(ssrc(ssrc));
        }
        List<SsrcGroup> groups = new ArrayList<>();
        for (SourceGroupPacketExtension element : source.getSsrcGroups()) {
            if (element instanceof SourceRidGroupPacketExtension) {
                continue;
            }
            String semantics = String.valueOf(element.getSemantics()).toUpperCase(Locale.ROOT);
            if (!semantics.equals("FID") && !semantics.equals("SIM")) {
                continue;
            }
            List<Long> ssrcs = new ArrayList<>();
            for (SourcePacketExtension member : element.getSources()) {
                long ssrc = ssrc(member);
                if (!known.contains(ssrc)) {
                    throw ColibriRefusal.badRequest("A group names SSRC " + ssrc + ", which its source does not have.");
                }
                ssrcs.add(ssrc);
            }
            if (ssrcs.size() < 2) {
                throw ColibriRefusal.badRequest("A group has at least two SSRCs.");
            }
            groups.add(new SsrcGroup(SsrcGroup.Semantics.valueOf(semantics), ssrcs));
        }
        return groups;
    }

    /** The first of a SIM group is primary, else the first of a FID group, else the first listed. */
    private static List<Long> primaryFirst(Set<Long> ssrcs, List<SsrcGroup> groups) {
        Long primary = null;
        for (SsrcGroup group : groups) {
            if (primary == null || group.semantics() == SsrcGroup.Semantics.SIM) {
                primary = group.ssrcs().getFirst();
            }
        }
        List<Long> ordered = new ArrayList<>(ssrcs);
        if (primary != null) {
            ordered.remove(primary);
            ordered.addFirst(primary);
        }
        return ordered;
    }

    private static long ssrc(SourcePacketExtension element) throws ColibriRefusal {
        long ssrc = element.getSSRC();
        if (ssrc < 1 || ssrc > HIGHEST_SSRC) {
            throw ColibriRefusal.badRequest("An SSRC is a number from 1 to " + HIGHEST_SSRC + ".");
        }
        return ssrc;
    }

    private static VideoType videoType(String value, VideoType otherwise) {
        return switch (value) {
            case null -> otherwise;
            case "desktop" -> VideoType.DESKTOP;
            case "desktop_high_fps" -> VideoType.DESKTOP_HIGH_FPS;
            case "none" -> VideoType.NONE;
            default -> VideoType.CAMERA;
        };
    }
}
