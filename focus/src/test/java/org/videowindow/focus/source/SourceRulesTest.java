package org.videowindow.focus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.focus.source.MediaKind.AUDIO;
import static org.videowindow.focus.source.MediaKind.VIDEO;
import static org.videowindow.focus.source.SourceGroup.Semantics.FID;
import static org.videowindow.focus.source.SourceGroup.Semantics.SIM;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.focus.source.SourceViolation.Reason;

/** One row for each rule, and rows that keep them all. */
class SourceRulesTest {
    private static final String EP = "543c9563";
    private static final String CAMERA = "543c9563-video-0-1 548bddf0-d34e-49e8-94c3-a7fc803d9aaa-1";
    private final SourceRules rules = new SourceRules(20, 20);

    static Stream<Arguments> rows() {
        return Stream.of(
                row("nothing", null, List.of()),
                row("a microphone", null, List.of(audio(1))),
                row("a camera without retransmission", null, List.of(video(1))),
                row("camera with retransmission", null, List.of(video(1), video(2)), fid(1, 2)),
                row(
                        "three sizes with retransmission",
                        null,
                        List.of(video(1), video(2), video(3), video(4), video(5), video(6)),
                        fid(1, 2),
                        new SourceGroup(SIM, VIDEO, List.of(1L, 3L, 4L)),
                        fid(3, 5),
                        fid(4, 6)),
                row("camera and screen", null, List.of(video(1), screen(2))),
                row("the largest SSRC", null, List.of(audio(0xFFFF_FFFFL))),
                row("ten cameras", null, List.of(named(1, VIDEO, EP + "-v10"))),
                row("SSRC 0", Reason.SSRC_INVALID, List.of(audio(0))),
                row("SSRC 2^32", Reason.SSRC_INVALID, List.of(audio(1L << 32))),
                row("negative SSRC", Reason.SSRC_INVALID, List.of(audio(-1))),
                row("SSRC twice", Reason.SSRC_REPEATED, List.of(audio(1), audio(1))),
                row("SSRC as audio and video", Reason.SSRC_REPEATED, List.of(audio(1), video(1))),
                row("no name", Reason.NAME_INVALID, List.of(named(1, AUDIO, null))),
                row("empty name", Reason.NAME_INVALID, List.of(named(1, AUDIO, ""))),
                row("another's name", Reason.NAME_INVALID, List.of(named(1, AUDIO, "f79d9b79-a0"))),
                row("the bridge's name", Reason.NAME_INVALID, List.of(named(1, AUDIO, "jvb-a0"))),
                row("a video's name on audio", Reason.NAME_INVALID, List.of(named(1, AUDIO, EP + "-v0"))),
                row("name without number", Reason.NAME_INVALID, List.of(named(1, AUDIO, EP + "-a"))),
                row("name with more", Reason.NAME_INVALID, List.of(named(1, AUDIO, EP + "-a0\r\n"))),
                row("name with three digits", Reason.NAME_INVALID, List.of(named(1, AUDIO, EP + "-a000"))),
                row("name with other digits", Reason.NAME_INVALID, List.of(named(1, AUDIO, EP + "-a\u0661"))),
                row("no msid", Reason.MSID_INVALID, List.of(msid(1, null))),
                row("empty msid", Reason.MSID_INVALID, List.of(msid(1, ""))),
                row("line break in msid", Reason.MSID_INVALID, List.of(msid(1, "a b\r\na=x"))),
                row("three ids in msid", Reason.MSID_INVALID, List.of(msid(1, "a b c"))),
                row("65 characters", Reason.MSID_INVALID, List.of(msid(1, "a".repeat(65)))),
                row("64 characters", null, List.of(msid(1, "a".repeat(64)))),
                row("quotes in msid", Reason.MSID_INVALID, List.of(msid(1, "\",\"s\":1"))),
                row(
                        "one name, two msids",
                        Reason.SOURCE_INCONSISTENT,
                        List.of(video(1), new Source(2, VIDEO, EP + "-v0", "x y", false)),
                        fid(1, 2)),
                row(
                        "one name, camera and desktop",
                        Reason.SOURCE_INCONSISTENT,
                        List.of(video(1), new Source(2, VIDEO, EP + "-v0", CAMERA, true)),
                        fid(1, 2)),
                row(
                        "two names, one msid",
                        Reason.MSID_REPEATED,
                        List.of(video(1), new Source(2, VIDEO, EP + "-v1", CAMERA, true))),
                row("two streams without group", Reason.UNGROUPED, List.of(video(1), video(2))),
                row("one stream outside", Reason.UNGROUPED, List.of(video(1), video(2), video(3)), fid(1, 2)),
                row("unknown member", Reason.GROUP_MEMBER_UNKNOWN, List.of(video(1)), fid(1, 2)),
                row("group of nobody's", Reason.GROUP_MEMBER_UNKNOWN, List.of(), fid(1, 2)),
                row("one in a pair", Reason.GROUP_MALFORMED, List.of(video(1)), group(FID, 1)),
                row(
                        "three in a pair",
                        Reason.GROUP_MALFORMED,
                        List.of(video(1), video(2), video(3)),
                        group(FID, 1, 2, 3)),
                row("with itself", Reason.GROUP_MALFORMED, List.of(video(1)), group(FID, 1, 1)),
                row("empty group", Reason.GROUP_MALFORMED, List.of(video(1)), group(SIM)),
                row("five sizes", Reason.GROUP_MALFORMED, videos(5), group(SIM, 1, 2, 3, 4, 5)),
                row(
                        "group of audio",
                        Reason.GROUP_MALFORMED,
                        List.of(audio(1), audio(2)),
                        new SourceGroup(FID, AUDIO, List.of(1L, 2L))),
                row("audio in a group of video", Reason.GROUP_MEMBER_UNKNOWN, List.of(video(1), audio(2)), fid(1, 2)),
                row("camera with screen", Reason.GROUP_MIXED, List.of(video(1), screen(2)), fid(1, 2)),
                row(
                        "two pairs share one",
                        Reason.GROUP_OVERLAP,
                        List.of(video(1), video(2), video(3)),
                        fid(1, 2),
                        fid(3, 2)),
                row("21 streams", Reason.TOO_MANY_SOURCES, videos(21)),
                Arguments.of(
                        "21 groups",
                        Optional.of(Reason.TOO_MANY_GROUPS),
                        new EndpointSources(
                                List.of(video(1), video(2)), java.util.Collections.nCopies(21, fid(1, 2)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void row(String name, Optional<Reason> reason, EndpointSources set) {
        assertThat(rules.check(EP, set).map(SourceViolation::reason)).isEqualTo(reason);
    }

    private static Arguments row(String name, Reason reason, List<Source> sources, SourceGroup... groups) {
        return Arguments.of(name, Optional.ofNullable(reason), new EndpointSources(sources, List.of(groups)));
    }

    private static Source audio(long ssrc) {
        return new Source(ssrc, AUDIO, EP + "-a0", EP + "-audio-0-1 x", false);
    }

    private static Source video(long ssrc) {
        return new Source(ssrc, VIDEO, EP + "-v0", CAMERA, false);
    }

    private static Source screen(long ssrc) {
        return new Source(ssrc, VIDEO, EP + "-v1", EP + "-video-1-1 x", true);
    }

    private static Source named(long ssrc, MediaKind kind, String name) {
        return new Source(ssrc, kind, name, "s t", false);
    }

    private static Source msid(long ssrc, String msid) {
        return new Source(ssrc, AUDIO, EP + "-a0", msid, false);
    }

    private static List<Source> videos(int count) {
        List<Source> videos = new ArrayList<>();
        LongStream.rangeClosed(1, count).forEach(ssrc -> videos.add(video(ssrc)));
        return videos;
    }

    private static SourceGroup fid(long ssrc, long rtx) {
        return group(FID, ssrc, rtx);
    }

    private static SourceGroup group(SourceGroup.Semantics semantics, long... ssrcs) {
        return new SourceGroup(semantics, VIDEO, LongStream.of(ssrcs).boxed().toList());
    }
}
