package org.videowindow.bridge.colibri;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri2.MediaSource;
import org.jitsi.xmpp.extensions.jingle.SourceRidGroupPacketExtension;
import org.videowindow.bridge.conference.StreamIds;

/**
 * Reads the {@code rid-group} of a {@code media-source}: the stream ids of a source's encodings, smallest first. Each
 * member may have the {@code name} of the source, and a parameter {@code mid}. Stateless.
 */
final class StreamIdReader {
    private static final int IDS = 16;
    private static final int LENGTH = 64;

    private StreamIdReader() {}

    /** The stream ids by the name of their source. */
    static Map<String, StreamIds> read(MediaSource source, Set<String> names) throws ColibriRefusal {
        Map<String, StreamIds> read = new HashMap<>();
        for (SourceRidGroupPacketExtension group :
                source.getChildExtensionsOfType(SourceRidGroupPacketExtension.class)) {
            if (!"SIM".equalsIgnoreCase(group.getSemantics())
                    || group.getSources().isEmpty()) {
                throw ColibriRefusal.badRequest("A rid-group is of the encodings of one picture.");
            }
            EndpointReader.limit(group.getSources().size(), IDS, "stream ids");
            List<String> ids = new ArrayList<>();
            String mid = "";
            for (SourcePacketExtension member : group.getSources()) {
                if (isWrong(member.getRid())) {
                    throw ColibriRefusal.badRequest("A member of a rid-group has a rid.");
                }
                ids.add(member.getRid());
                mid = member.getParameter("mid") == null ? mid : member.getParameter("mid");
            }
            String name = group.getSources().getFirst().getName();
            if (name == null) {
                name = names.size() == 1 ? names.iterator().next() : "";
            }
            if (!names.contains(name) || read.putIfAbsent(name, new StreamIds(ids, mid)) != null) {
                throw ColibriRefusal.badRequest("A rid-group belongs to one source, which has an SSRC.");
            }
        }
        return read;
    }

    private static boolean isWrong(String rid) {
        return rid == null || rid.isEmpty() || rid.length() > LENGTH;
    }
}
