package org.videowindow.focus.source;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.videowindow.focus.source.SourceViolation.Reason;

/** The rules of sources that are announced by stream ids. Pure; a part of {@link SourceRules}. */
final class RidRules {
    private static final int MOST_RIDS = 3;

    /** RFC 8852 section 3; as long as an element of the one-byte header extension can be. */
    private static final Pattern RID = Pattern.compile("[A-Za-z0-9]{1,16}");

    /** A token (RFC 5888 section 4), as long as an element of the one-byte header extension can be; empty for none. */
    private static final Pattern MID = Pattern.compile("[!#$%&'*+.^_`{|}~0-9A-Za-z-]{0,16}");

    private RidRules() {}

    /** The first violation in the set, if any. */
    static Optional<SourceViolation> check(EndpointSources set) {
        Set<String> names = new HashSet<>();
        for (RidSource source : set.ridSources()) {
            if (!names.add(source.name())) {
                return refuse(Reason.RIDS_REPEATED, source.name());
            }
        }
        for (RidSource source : set.ridSources()) {
            Optional<SourceViolation> violation = check(source).or(() -> checkGiven(source, set));
            if (violation.isPresent()) {
                return violation;
            }
        }
        return checkMistakable(set.ridSources());
    }

    private static Optional<SourceViolation> check(RidSource source) {
        if (source.rids().size() > MOST_RIDS) {
            return refuse(Reason.TOO_MANY_RIDS, source.name());
        }
        for (String rid : source.rids()) {
            if (!RID.matcher(rid).matches()) {
                return refuse(Reason.RID_INVALID, rid);
            }
        }
        if (source.rids().isEmpty()
                || Set.copyOf(source.rids()).size() < source.rids().size()) {
            return refuse(Reason.RIDS_REPEATED, source.name());
        }
        return MID.matcher(source.mid()).matches() ? Optional.empty() : refuse(Reason.MID_INVALID, source.mid());
    }

    /** Of its own it has the two SSRCs that it was given, and nothing else. */
    private static Optional<SourceViolation> checkGiven(RidSource source, EndpointSources set) {
        List<Long> given = set.ssrcsOf(source.name());
        SourceGroup pair = new SourceGroup(SourceGroup.Semantics.FID, MediaKind.VIDEO, given);
        return given.size() == 2 && set.groups().contains(pair)
                ? Optional.empty()
                : refuse(Reason.RIDS_AND_SSRCS, source.name());
    }

    /** Packets must say of which source they are. */
    private static Optional<SourceViolation> checkMistakable(List<RidSource> sources) {
        for (int i = 0; i < sources.size(); i++) {
            RidSource one = sources.get(i);
            for (RidSource other : sources.subList(i + 1, sources.size())) {
                boolean told = !one.mid().isEmpty()
                        && !other.mid().isEmpty()
                        && !one.mid().equals(other.mid());
                if (!told && one.rids().stream().anyMatch(other.rids()::contains)) {
                    return refuse(Reason.RIDS_MISTAKABLE, other.name());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<SourceViolation> refuse(Reason reason, String subject) {
        return Optional.of(new SourceViolation(reason, subject));
    }
}
