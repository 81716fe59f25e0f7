package org.videowindow.focus.source;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * The compact form in which clients are told of others' sources: JSON in an element.
 *
 * <pre>
 * {"sources":{"owner":[[video sources],[video groups],[audio sources],[audio groups]], ...}}
 * source = {"s":ssrc,"n":"name","m":"msid"} and "v":"d" for a shared screen
 * group  = ["f",ssrc,retransmission] or ["s",ssrc,ssrc,ssrc]
 * </pre>
 * Empty lists at the end of an owner are left out.
 */
public final class CompactSources {
    private CompactSources() {}

    /** The element {@code json-message} that announces these. */
    public static XmlElement element(Map<String, EndpointSources> byOwner) {
        return XmlElement.element("json-message", Namespaces.JITMEET)
                .text(json(byOwner))
                .build();
    }

    /** The text in it. */
    static String json(Map<String, EndpointSources> byOwner) {
        StringBuilder out = new StringBuilder("{\"sources\":{");
        Iterator<Map.Entry<String, EndpointSources>> owners = byOwner.entrySet().iterator();
        while (owners.hasNext()) {
            Map.Entry<String, EndpointSources> owner = owners.next();
            string(out, owner.getKey());
            out.append(':');
            lists(out, owner.getValue());
            if (owners.hasNext()) {
                out.append(',');
            }
        }
        return out.append("}}").toString();
    }

    private static void lists(StringBuilder out, EndpointSources set) {
        StringBuilder all = new StringBuilder();
        int used = 0;
        int position = 0;
        for (MediaKind kind : List.of(MediaKind.VIDEO, MediaKind.AUDIO)) {
            for (String list : List.of(sources(set, kind), groups(set, kind))) {
                all.append(position++ == 0 ? "" : ",").append('[').append(list).append(']');
                if (!list.isEmpty()) {
                    used = all.length();
                }
            }
        }
        // At least the first list stays, so that an owner is always a list of lists.
        out.append('[').append(all, 0, Math.max(used, 2)).append(']');
    }

    private static String sources(EndpointSources set, MediaKind kind) {
        StringBuilder out = new StringBuilder();
        for (Source source : set.sources()) {
            if (source.kind() != kind) {
                continue;
            }
            out.append(out.isEmpty() ? "" : ",")
                    .append("{\"s\":")
                    .append(source.ssrc())
                    .append(",\"n\":");
            string(out, source.name());
            out.append(",\"m\":");
            string(out, source.msid());
            out.append(source.desktop() ? ",\"v\":\"d\"}" : "}");
        }
        return out.toString();
    }

    private static String groups(EndpointSources set, MediaKind kind) {
        StringBuilder out = new StringBuilder();
        for (SourceGroup group : set.groups()) {
            if (group.kind() != kind) {
                continue;
            }
            out.append(out.isEmpty() ? "" : ",")
                    .append(
                            switch (group.semantics()) {
                                case FID -> "[\"f\"";
                                case SIM -> "[\"s\"";
                            });
            group.ssrcs().forEach(ssrc -> out.append(',').append(ssrc));
            out.append(']');
        }
        return out.toString();
    }

    /** Quotes a string (RFC 8259 section 7). */
    private static void string(StringBuilder out, String raw) {
        out.append('"');
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
