package org.videowindow.focus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.focus.source.SourceViolation.Reason;

/** Sources that are announced by stream ids: the rules for them, and the SSRCs that they are given. */
class RidSourcesTest {
    private static final String ANN = "aaaaaaaa";
    private static final String BOB = "bbbbbbbb";

    private final Deque<Long> random = new ArrayDeque<>();
    private final ConferenceSources sources =
            new ConferenceSources(new SourceRules(10, 10), () -> random.isEmpty() ? -1L : random.poll());

    private static RidSource camera(String... rids) {
        return source(0, "", rids);
    }

    private static RidSource source(int number, String mid, String... rids) {
        return new RidSource(ANN + "-v" + number, ANN + number + " t", number > 0, mid, List.of(rids));
    }

    private static EndpointSources announced(RidSource... ridSources) {
        return new EndpointSources(List.of(), List.of(), List.of(ridSources));
    }

    private static EndpointSources streams(String owner, int number, long... ssrcs) {
        return new EndpointSources(
                java.util.Arrays.stream(ssrcs)
                        .mapToObj(ssrc -> new Source(
                                ssrc, MediaKind.VIDEO, owner + "-v" + number, owner + number + " t", number > 0))
                        .toList(),
                List.of());
    }

    private void give(long... numbers) {
        java.util.Arrays.stream(numbers).forEach(random::add);
    }

    @Test
    void aSourceIsGivenAnSsrcForReceiversAndOneForRetransmissions() {
        give(70, 71);
        assertThat(sources.add(ANN, announced(camera("q", "h", "f")))).isEmpty();
        assertThat(sources.of(ANN).ssrcsOf(ANN + "-v0")).containsExactly(70L, 71L);
        EndpointSources seen = sources.of(ANN).withoutSimulcast();
        assertThat(seen.ridSources()).isEmpty();
        assertThat(CompactSources.json(Map.of(ANN, seen)))
                .isEqualTo("{\"sources\":{\"aaaaaaaa\":[[{\"s\":70,\"n\":\"aaaaaaaa-v0\",\"m\":\"aaaaaaaa0 t\"},"
                        + "{\"s\":71,\"n\":\"aaaaaaaa-v0\",\"m\":\"aaaaaaaa0 t\"}],[[\"f\",70,71]]]}}");
    }

    @Test
    void whatIsGivenNobodyHasHad() {
        assertThat(sources.add(BOB, streams(BOB, 0, 5))).isEmpty();
        sources.reserve("jvb", streams("jvb", 0, 6));
        give(5, 6, 0, 1L << 32, 9, 8, 8, 4);
        EndpointSources both = streams(ANN, 1, 9).plus(announced(camera("q", "h")));
        assertThat(sources.add(ANN, both)).isEmpty();
        assertThat(sources.of(ANN).ssrcsOf(ANN + "-v0")).containsExactly(8L, 4L);
    }

    @Test
    void whatIsGivenIsTaken() {
        give(70, 71);
        assertThat(sources.add(ANN, announced(camera("q", "h")))).isEmpty();
        for (long ssrc : new long[] {70, 71}) {
            assertThat(sources.add(BOB, streams(BOB, 0, ssrc)))
                    .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.SSRC_TAKEN));
        }
    }

    @Test
    void theGivenSsrcsGoWithTheLastStreamIdAndNotByThemselves() {
        give(70, 71, 80, 81);
        assertThat(sources.add(ANN, announced(camera("q", "h", "f")))).isEmpty();
        assertThat(sources.remove(ANN, new SourceRemoval(Set.of(70L), Map.of())))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.NOT_OWN));
        assertThat(sources.remove(ANN, rids("x")))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.NOT_OWN));
        assertThat(sources.remove(BOB, rids("q")))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.NOT_OWN));
        assertThat(sources.remove(ANN, rids("f"))).isEmpty();
        assertThat(sources.of(ANN).ridSource(ANN + "-v0").orElseThrow().rids()).containsExactly("q", "h");
        assertThat(sources.of(ANN).ssrcsOf(ANN + "-v0")).containsExactly(70L, 71L);
        assertThat(sources.remove(ANN, rids("q", "h"))).isEmpty();
        assertThat(sources.of(ANN).isEmpty()).isTrue();
        assertThat(sources.add(ANN, announced(camera("q", "h")))).isEmpty();
        assertThat(sources.of(ANN).ssrcsOf(ANN + "-v0")).containsExactly(80L, 81L);
    }

    @Test
    void whatWasThereBeforeKeepsItsSsrcs() {
        give(70, 71);
        assertThat(sources.add(ANN, announced(camera("q", "h")))).isEmpty();
        ConferenceSources later = new ConferenceSources(new SourceRules(10, 10));
        assertThat(later.restore(ANN, sources.of(ANN))).isEmpty();
        assertThat(later.of(ANN)).isEqualTo(sources.of(ANN));
    }

    private static SourceRemoval rids(String... rids) {
        return new SourceRemoval(Set.of(), Map.of(ANN + "-v0", Set.of(rids)));
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("one encoding", null, announced(camera("a"))),
                row("three", null, announced(camera("1", "2", "3"))),
                row("camera and screen", null, announced(camera("1", "2"), source(1, "", "3"))),
                row("the same ids, told apart by mid", null, announced(source(0, "1", "a"), source(1, "2", "a"))),
                row("beside a camera with SSRCs", null, streams(ANN, 1, 5).plus(announced(camera("a", "b")))),
                row("four", Reason.TOO_MANY_RIDS, announced(camera("1", "2", "3", "4"))),
                row("none", Reason.RIDS_REPEATED, announced(camera())),
                row("one twice", Reason.RIDS_REPEATED, announced(camera("1", "1"))),
                row("a source twice", Reason.RIDS_REPEATED, announced(camera("1"), camera("2"))),
                row("an empty id", Reason.RID_INVALID, announced(camera(""))),
                row("a dash", Reason.RID_INVALID, announced(camera("a-b"))),
                row("a line break", Reason.RID_INVALID, announced(camera("a\r\na=x"))),
                row("16 characters", null, announced(camera("a".repeat(16)))),
                row("17 characters", Reason.RID_INVALID, announced(camera("a".repeat(17)))),
                row("a mid with a space", Reason.MID_INVALID, announced(source(0, "1 2", "a"))),
                row("a long mid", Reason.MID_INVALID, announced(source(0, "m".repeat(17), "a"))),
                row("the same ids", Reason.RIDS_MISTAKABLE, announced(camera("a"), source(1, "", "a"))),
                row("one without mid", Reason.RIDS_MISTAKABLE, announced(source(0, "1", "a"), source(1, "", "a"))),
                row("one mid", Reason.RIDS_MISTAKABLE, announced(source(0, "1", "a"), source(1, "1", "a"))),
                row("ids and an SSRC", Reason.UNGROUPED, streams(ANN, 0, 5).plus(announced(camera("a")))),
                row(
                        "ids and a pair of SSRCs",
                        Reason.RIDS_AND_SSRCS,
                        streams(ANN, 0, 5, 6)
                                .plus(new EndpointSources(
                                        List.of(),
                                        List.of(new SourceGroup(
                                                SourceGroup.Semantics.FID, MediaKind.VIDEO, List.of(5L, 6L)))))
                                .plus(announced(camera("a")))),
                row(
                        "another's name",
                        Reason.NAME_INVALID,
                        announced(new RidSource(BOB + "-v0", "s t", false, "", List.of("a")))),
                row(
                        "a microphone's name",
                        Reason.NAME_INVALID,
                        announced(new RidSource(ANN + "-a0", "s t", false, "", List.of("a")))),
                row(
                        "no msid",
                        Reason.MSID_INVALID,
                        announced(new RidSource(ANN + "-v0", null, false, "", List.of("a")))),
                row(
                        "too many streams",
                        Reason.TOO_MANY_SOURCES,
                        announced(IntStream.range(0, 4)
                                .mapToObj(i -> source(i, "m" + i, "a"))
                                .toArray(RidSource[]::new))));
    }

    private static Arguments row(String what, Reason reason, EndpointSources set) {
        return Arguments.of(what, reason, set);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyRule(String what, Reason reason, EndpointSources set) {
        give(70, 71, 72, 73, 74, 75, 76, 77);
        Optional<SourceViolation> violation = sources.add(ANN, set);
        assertThat(violation.map(SourceViolation::reason)).isEqualTo(Optional.ofNullable(reason));
        if (reason != null) {
            assertThat(sources.all()).isEmpty();
        }
    }
}
