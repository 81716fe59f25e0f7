package org.videowindow.bridge.conference;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/** What sources that are announced by stream ids must be like. Pure: looks only at its arguments. */
final class StreamIdRules {
    private static final int MOST_ENCODINGS = 3;

    /** RFC 8852 section 3; as long as an element of the one-byte form can be. */
    private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9]{1,16}");

    /** A token (RFC 5888 section 4), as long as an element of the one-byte form can be; empty for none. */
    private static final Pattern MID = Pattern.compile("[!#$%&'*+.^_`{|}~0-9A-Za-z-]{0,16}");

    private StreamIdRules() {}

    /** Checks one endpoint's whole list. */
    static void check(List<MediaSource> sources) throws ConferenceException {
        for (MediaSource source : sources) {
            if (!source.ids().isEmpty()) {
                check(source);
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            for (int j = i + 1; j < sources.size(); j++) {
                if (areMistakable(sources.get(i).ids(), sources.get(j).ids())) {
                    throw invalid("Sources with the same stream id need different mids.");
                }
            }
        }
    }

    private static void check(MediaSource source) throws ConferenceException {
        StreamIds ids = source.ids();
        if (source.kind() != MediaKind.VIDEO) {
            throw invalid("Only pictures have stream ids.");
        }
        Set<String> distinct = new HashSet<>(ids.encodings());
        if (ids.encodings().size() > MOST_ENCODINGS
                || distinct.size() < ids.encodings().size()
                || !distinct.stream().allMatch(id -> STREAM_ID.matcher(id).matches())) {
            throw invalid("A source has up to " + MOST_ENCODINGS
                    + " stream ids, which are distinct and of 1 to 16 letters and digits.");
        }
        if (!MID.matcher(ids.mid()).matches()) {
            throw invalid("A mid has up to 16 token characters.");
        }
        int named = SourceRules.retransmissionOf(source, source.ssrcs().getFirst()) == 0 ? 1 : 2;
        if (source.ssrcs().size() != named || source.groups().size() != named - 1) {
            throw invalid("A source with stream ids has one SSRC for its receivers, and one for retransmissions.");
        }
    }

    /** Whether a packet could be of either. */
    private static boolean areMistakable(StreamIds one, StreamIds other) {
        return one.encodings().stream().anyMatch(other.encodings()::contains)
                && (one.mid().isEmpty() || other.mid().isEmpty() || one.mid().equals(other.mid()));
    }

    private static ConferenceException invalid(String message) {
        return new ConferenceException(Reason.INVALID, message);
    }
}
