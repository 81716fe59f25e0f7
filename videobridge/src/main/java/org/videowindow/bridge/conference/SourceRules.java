package org.videowindow.bridge.conference;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/** What signalled sources must be like. Pure: looks only at its arguments. */
final class SourceRules {
    private static final int LONGEST_NAME = 256;
    private static final long LARGEST_SSRC = 0xffff_ffffL;

    private SourceRules() {}

    /**
     * Checks one endpoint's whole list.
     *
     * @param mostSsrcs SSRCs over all sources
     */
    static void check(List<MediaSource> sources, int mostSsrcs) throws ConferenceException {
        Set<String> names = new HashSet<>();
        Set<Long> ssrcs = new HashSet<>();
        for (MediaSource source : sources) {
            if (source.name().isEmpty()
                    || source.name().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                    || !names.add(source.name())) {
                throw invalid("Source names must be distinct and have 1 to " + LONGEST_NAME + " bytes.");
            }
            if (source.ssrcs().isEmpty()) {
                throw invalid("A source needs an SSRC.");
            }
            for (long ssrc : source.ssrcs()) {
                if (ssrc <= 0 || ssrc > LARGEST_SSRC || !ssrcs.add(ssrc)) {
                    throw invalid("SSRCs must be distinct and between 1 and 4294967295.");
                }
            }
            if (ssrcs.size() > mostSsrcs) {
                throw new ConferenceException(Reason.LIMIT, "An endpoint may have " + mostSsrcs + " SSRCs.");
            }
            checkGroups(source);
        }
        StreamIdRules.check(sources);
    }

    private static void checkGroups(MediaSource source) throws ConferenceException {
        Set<Long> own = new HashSet<>(source.ssrcs());
        Set<Long> paired = new HashSet<>();
        for (SsrcGroup group : source.groups()) {
            if (!own.containsAll(group.ssrcs())) {
                throw invalid("A group may name only SSRCs of its source.");
            }
            if (new HashSet<>(group.ssrcs()).size() < group.ssrcs().size()) {
                throw invalid("An SSRC may be in a group only once.");
            }
            if (group.semantics() == SsrcGroup.Semantics.FID) {
                if (group.ssrcs().size() != 2) {
                    throw invalid("An FID group has two SSRCs.");
                }
                for (long ssrc : group.ssrcs()) {
                    if (!paired.add(ssrc)) {
                        throw invalid("An SSRC may be in one FID group only.");
                    }
                }
            }
        }
    }

    /** SSRC of the retransmission stream for {@code ssrc}, or 0 (never a valid one). */
    static long retransmissionOf(MediaSource source, long ssrc) {
        for (SsrcGroup group : source.groups()) {
            if (group.semantics() == SsrcGroup.Semantics.FID && group.ssrcs().getFirst() == ssrc) {
                return group.ssrcs().getLast();
            }
        }
        return 0;
    }

    /** Whether {@code ssrc} is the retransmission stream of another one. */
    static boolean isRetransmission(MediaSource source, long ssrc) {
        for (SsrcGroup group : source.groups()) {
            if (group.semantics() == SsrcGroup.Semantics.FID && group.ssrcs().getLast() == ssrc) {
                return true;
            }
        }
        return false;
    }

    /** SSRCs of the simulcast encodings, from the smallest to the largest; the first SSRC alone without simulcast. */
    static List<Long> encodingsOf(MediaSource source) {
        for (SsrcGroup group : source.groups()) {
            if (group.semantics() == SsrcGroup.Semantics.SIM
                    && group.ssrcs().getFirst().equals(source.ssrcs().getFirst())) {
                return group.ssrcs();
            }
        }
        return List.of(source.ssrcs().getFirst());
    }

    private static ConferenceException invalid(String message) {
        return new ConferenceException(Reason.INVALID, message);
    }
}
