package org.videowindow.focus.source;

import org.videowindow.focus.xmpp.StanzaError;

/**
 * Why a change of sources was refused.
 *
 * @param reason the kind of violation
 * @param subject what violates: an SSRC, a name or a number, from the client and therefore untrusted
 */
public record SourceViolation(Reason reason, String subject) {
    private static final int SUBJECT_MAX = 64;

    /** The kinds of violations. */
    public enum Reason {
        /** An SSRC is 0, above 2^32-1 or not a number. */
        SSRC_INVALID("is no valid SSRC"),
        /** An SSRC is listed twice by its endpoint. */
        SSRC_REPEATED("is signalled already"),
        /** Somebody else in the conference, or the bridge, uses the SSRC. */
        SSRC_TAKEN("belongs to another endpoint"),
        /** More streams than an endpoint may have. */
        TOO_MANY_SOURCES("streams are too many"),
        /** More groups than an endpoint may have. */
        TOO_MANY_GROUPS("groups are too many"),
        /** The name is missing, is of another endpoint, of the other kind, or not of the form. */
        NAME_INVALID("is not a name this endpoint may use"),
        /** The msid is missing or not of the form. */
        MSID_INVALID("is no valid msid"),
        /** Streams of one name differ in msid, kind or type of video. */
        SOURCE_INCONSISTENT("has streams that differ"),
        /** Two names have one msid. */
        MSID_REPEATED("is the msid of another source"),
        /** Somebody else in the conference uses the msid. */
        MSID_TAKEN("is the msid of another endpoint"),
        /** The semantics are unknown. */
        GROUP_UNKNOWN("is no known kind of group"),
        /** A group has too few or too many members, or one twice, or is a group of audio. */
        GROUP_MALFORMED("is a malformed group"),
        /** A group names an SSRC that the endpoint did not signal. */
        GROUP_MEMBER_UNKNOWN("is in a group and not signalled"),
        /** A group mixes streams of several names. */
        GROUP_MIXED("groups different sources"),
        /** Two groups of one kind share a member. */
        GROUP_OVERLAP("is in two groups of one kind"),
        /** A stream id is not of the form, or of sound. */
        RID_INVALID("is no valid rid"),
        /** A source is announced by stream ids twice, or has one twice. */
        RIDS_REPEATED("has rids that are signalled already"),
        /** A picture has more encodings than the bridge tells apart. */
        TOO_MANY_RIDS("has too many rids"),
        /** A source is announced by stream ids and by SSRCs. */
        RIDS_AND_SSRCS("has rids and SSRCs"),
        /** Two sources share a stream id, and no mid tells their packets apart. */
        RIDS_MISTAKABLE("has a rid of another source and no mid of its own"),
        /** The media identification is not of the form. */
        MID_INVALID("is no valid mid"),
        /** A source has several streams and nothing says how they belong together. */
        UNGROUPED("has streams outside its groups"),
        /** What is to be removed is not the endpoint's own. */
        NOT_OWN("is not a stream of this endpoint");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    /** Cuts the subject to a length fit for answers. */
    public SourceViolation {
        subject = subject == null ? "" : subject.substring(0, Math.min(subject.length(), SUBJECT_MAX));
    }

    /** How the sender is told. */
    public StanzaError toError() {
        String text = "'" + subject.replaceAll("[^\\x20-\\x7e]", "?") + "' " + reason.sentence;
        return switch (reason) {
            case TOO_MANY_SOURCES, TOO_MANY_GROUPS, TOO_MANY_RIDS -> StanzaError.resourceConstraint(text);
            case SSRC_TAKEN, MSID_TAKEN -> StanzaError.conflict(text);
            default -> StanzaError.badRequest(text);
        };
    }
}
