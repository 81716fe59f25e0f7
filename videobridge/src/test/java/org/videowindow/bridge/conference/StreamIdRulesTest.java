package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/** One row for each rule of sources that are announced by stream ids, and rows that keep them all. */
class StreamIdRulesTest {
    private static MediaSource source(int number, String mid, String... ids) {
        long ssrc = 10L * number + 1;
        List<Long> ssrcs = List.of(ssrc, ssrc + 1);
        return new MediaSource(
                "v" + number,
                MediaKind.VIDEO,
                VideoType.CAMERA,
                ssrcs,
                List.of(new SsrcGroup(SsrcGroup.Semantics.FID, ssrcs)),
                new StreamIds(List.of(ids), mid));
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("three", List.of(source(0, "", "q", "h", "f"))),
                Arguments.of("one", List.of(source(0, "", "q"))),
                Arguments.of("two sources", List.of(source(0, "", "q", "h"), source(1, "", "f"))),
                Arguments.of("told apart by mid", List.of(source(0, "0", "q"), source(1, "1", "q"))),
                Arguments.of("16 characters", List.of(source(0, "m".repeat(16), "q".repeat(16)))),
                Arguments.of(
                        "without retransmissions",
                        List.of(new MediaSource(
                                "v0",
                                MediaKind.VIDEO,
                                VideoType.CAMERA,
                                List.of(1L),
                                List.of(),
                                new StreamIds(List.of("a"), "")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void whatIsTaken(String what, List<MediaSource> sources) {
        assertThatCode(() -> SourceRules.check(sources, 100)).doesNotThrowAnyException();
    }

    static Stream<Arguments> bad() {
        List<Long> three = List.of(1L, 2L, 3L);
        return Stream.of(
                Arguments.of("four", List.of(source(0, "", "a", "b", "c", "d"))),
                Arguments.of("one twice", List.of(source(0, "", "a", "a"))),
                Arguments.of("an empty id", List.of(source(0, "", ""))),
                Arguments.of("17 characters", List.of(source(0, "", "q".repeat(17)))),
                Arguments.of("no letters", List.of(source(0, "", "a b"))),
                Arguments.of("a long mid", List.of(source(0, "m".repeat(17), "a"))),
                Arguments.of("a mid with a line break", List.of(source(0, "1\r\n", "a"))),
                Arguments.of("mistakable", List.of(source(0, "", "a"), source(1, "", "b", "a"))),
                Arguments.of("mistakable by one mid", List.of(source(0, "1", "a"), source(1, "1", "a"))),
                Arguments.of("one without mid", List.of(source(0, "1", "a"), source(1, "", "a"))),
                Arguments.of(
                        "sound",
                        List.of(new MediaSource(
                                "a0",
                                MediaKind.AUDIO,
                                VideoType.NONE,
                                List.of(1L),
                                List.of(),
                                new StreamIds(List.of("a"), "")))),
                Arguments.of(
                        "SSRCs of encodings too",
                        List.of(new MediaSource(
                                "v0",
                                MediaKind.VIDEO,
                                VideoType.CAMERA,
                                three,
                                List.of(new SsrcGroup(SsrcGroup.Semantics.SIM, three)),
                                new StreamIds(List.of("a"), "")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void whatIsRefused(String what, List<MediaSource> sources) {
        assertThatExceptionOfType(ConferenceException.class)
                .isThrownBy(() -> SourceRules.check(new ArrayList<>(sources), 100))
                .matches(refused -> refused.reason() == Reason.INVALID);
    }
}
