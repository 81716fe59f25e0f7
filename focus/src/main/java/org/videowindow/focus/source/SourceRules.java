package org.videowindow.focus.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.videowindow.focus.source.SourceViolation.Reason;

/**
 * The rules that the sources of one endpoint keep among themselves. Pure: the whole set goes in, the first violation
 * comes out.
 *
 * @param sourceLimit streams one endpoint may have
 * @param groupLimit groups one endpoint may have
 */
public record SourceRules(int sourceLimit, int groupLimit) {
    private static final long SSRC_MAX = 0xFFFF_FFFFL;
    private static final int SIM_MAX = 4;
    /** RFC 8830 section 2: one or two identifiers of token characters, each at most 64 long. */
    private static final Pattern MSID =
            Pattern.compile("[!#$%&'*+.^_`{|}~0-9A-Za-z-]{1,64}( [!#$%&'*+.^_`{|}~0-9A-Za-z-]{1,64})?");

    /** The first violation in the set, if any. */
    public Optional<SourceViolation> check(String endpoint, EndpointSources set) {
        int streams = set.sources().size()
                + set.ridSources().stream()
                        .mapToInt(source -> source.rids().size())
                        .sum();
        if (streams > sourceLimit) {
            return refuse(Reason.TOO_MANY_SOURCES, streams);
        }
        if (set.groups().size() > groupLimit) {
            return refuse(Reason.TOO_MANY_GROUPS, set.groups().size());
        }
        Map<Long, Source> bySsrc = new HashMap<>();
        Map<String, Source> byName = new HashMap<>();
        Map<String, String> nameOfMsid = new HashMap<>();
        for (Source source : set.sources()) {
            if (source.ssrc() < 1 || source.ssrc() > SSRC_MAX) {
                return refuse(Reason.SSRC_INVALID, source.ssrc());
            }
            if (bySsrc.put(source.ssrc(), source) != null) {
                return refuse(Reason.SSRC_REPEATED, source.ssrc());
            }
            if (!isName(endpoint, source)) {
                return refuse(Reason.NAME_INVALID, source.name());
            }
            if (source.msid() == null || !MSID.matcher(source.msid()).matches()) {
                return refuse(Reason.MSID_INVALID, source.msid());
            }
            Source sameName = byName.putIfAbsent(source.name(), source);
            if (sameName != null
                    && (!sameName.msid().equals(source.msid()) || sameName.desktop() != source.desktop())) {
                return refuse(Reason.SOURCE_INCONSISTENT, source.name());
            }
            String owner = nameOfMsid.putIfAbsent(source.msid(), source.name());
            if (owner != null && !owner.equals(source.name())) {
                return refuse(Reason.MSID_REPEATED, source.msid());
            }
        }
        return checkGroups(set.groups(), bySsrc).or(() -> checkUngrouped(set)).or(() -> RidRules.check(set));
    }

    private static boolean isName(String endpoint, Source source) {
        String name = source.name();
        int prefix = endpoint.length() + 2;
        return name != null
                && name.startsWith(endpoint + "-" + source.kind().letter())
                && (name.length() == prefix + 1 || name.length() == prefix + 2)
                && name.chars().skip(prefix).allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<SourceViolation> checkGroups(List<SourceGroup> groups, Map<Long, Source> bySsrc) {
        Map<SourceGroup.Semantics, Set<Long>> grouped = new HashMap<>();
        for (SourceGroup group : groups) {
            List<Long> members = group.ssrcs();
            boolean sizeFits = switch (group.semantics()) {
                case FID -> members.size() == 2;
                case SIM -> members.size() >= 2 && members.size() <= SIM_MAX;
            };
            if (!sizeFits || Set.copyOf(members).size() != members.size() || group.kind() != MediaKind.VIDEO) {
                return refuse(Reason.GROUP_MALFORMED, group.semantics());
            }
            Set<String> names = new HashSet<>();
            for (long member : members) {
                Source source = bySsrc.get(member);
                if (source == null || source.kind() != group.kind()) {
                    return refuse(Reason.GROUP_MEMBER_UNKNOWN, member);
                }
                names.add(source.name());
                if (!grouped.computeIfAbsent(group.semantics(), s -> new HashSet<>())
                        .add(member)) {
                    return refuse(Reason.GROUP_OVERLAP, member);
                }
            }
            if (names.size() != 1) {
                return refuse(Reason.GROUP_MIXED, group.semantics());
            }
        }
        return Optional.empty();
    }

    /** A client that is told of a source's streams can make sense of them only if groups connect them all. */
    private static Optional<SourceViolation> checkUngrouped(EndpointSources set) {
        Map<String, Integer> streams = new HashMap<>();
        set.sources().forEach(source -> streams.merge(source.name(), 1, Integer::sum));
        Set<Long> grouped = new HashSet<>();
        set.groups().forEach(group -> grouped.addAll(group.ssrcs()));
        for (Source source : set.sources()) {
            if (streams.get(source.name()) > 1 && !grouped.contains(source.ssrc())) {
                return refuse(Reason.UNGROUPED, source.name());
            }
        }
        return Optional.empty();
    }

    private static Optional<SourceViolation> refuse(Reason reason, Object subject) {
        return Optional.of(new SourceViolation(reason, subject == null ? "" : subject.toString()));
    }
}
