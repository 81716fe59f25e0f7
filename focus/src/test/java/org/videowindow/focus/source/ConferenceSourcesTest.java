package org.videowindow.focus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.videowindow.focus.source.SourceViolation.Reason;

/** Sources of several endpoints: nobody touches another's, and a refusal leaves no trace. */
class ConferenceSourcesTest {
    private final ConferenceSources sources = new ConferenceSources(new SourceRules(4, 4));

    @Test
    void anSsrcBelongsToWhoeverHadItFirst() {
        assertThat(sources.add("aaaaaaaa", audio("aaaaaaaa", 1))).isEmpty();
        assertThat(sources.add("bbbbbbbb", audio("bbbbbbbb", 1)))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.SSRC_TAKEN));
        assertThat(sources.of("bbbbbbbb").isEmpty()).isTrue();
        sources.remove("aaaaaaaa");
        assertThat(sources.add("bbbbbbbb", audio("bbbbbbbb", 1))).isEmpty();
    }

    @Test
    void theBridgesOwnAreReserved() {
        EndpointSources bridge = new EndpointSources(
                List.of(new Source(5, MediaKind.AUDIO, "jvb-a0", "mixedmslabel mixedlabelaudio0", false)), List.of());
        sources.reserve("jvb", bridge);
        assertThat(sources.add("aaaaaaaa", audio("aaaaaaaa", 5)))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.SSRC_TAKEN));
        assertThat(sources.all()).isEmpty();
        sources.reserve("jvb", EndpointSources.NONE);
        assertThat(sources.add("aaaaaaaa", audio("aaaaaaaa", 5))).isEmpty();
    }

    @Test
    void theCapCountsWhatIsThereAlready() {
        for (int i = 0; i < 4; i++) {
            assertThat(sources.add("aaaaaaaa", video(i, i + 1))).isEmpty();
        }
        EndpointSources before = sources.of("aaaaaaaa");
        assertThat(sources.add("aaaaaaaa", video(5, 9)))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.TOO_MANY_SOURCES));
        assertThat(sources.of("aaaaaaaa")).isSameAs(before);
    }

    @Test
    void nobodyRemovesAnothers() {
        assertThat(sources.add("aaaaaaaa", audio("aaaaaaaa", 1))).isEmpty();
        assertThat(sources.remove("bbbbbbbb", ssrcs(1L)))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.NOT_OWN));
        assertThat(sources.remove("aaaaaaaa", ssrcs(1L, 2L)))
                .hasValueSatisfying(v -> assertThat(v.reason()).isEqualTo(Reason.NOT_OWN));
        assertThat(sources.of("aaaaaaaa").sources()).hasSize(1);
    }

    /** The indexes agree with the map whatever happens, and SSRCs stay unique. */
    @Test
    void invariantsHoldOverRandomSteps() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> owners = List.of("aaaaaaaa", "bbbbbbbb", "cccccccc");
        for (int step = 0; step < 5_000; step++) {
            String owner = owners.get(random.nextInt(3));
            long ssrc = 1L + random.nextInt(12);
            Map<String, EndpointSources> before = Map.copyOf(sources.all());
            boolean refused = switch (random.nextInt(5)) {
                case 0 -> {
                    sources.remove(owner);
                    yield false;
                }
                case 1 -> sources.remove(owner, ssrcs(ssrc)).isPresent();
                default ->
                    sources.add(owner, numbered(owner, (int) ssrc % 5, ssrc)).isPresent();
            };
            if (refused) {
                assertThat(sources.all()).as("seed %d step %d", seed, step).isEqualTo(before);
            }
            List<Long> all = sources.all().values().stream()
                    .flatMap(set -> set.sources().stream())
                    .map(Source::ssrc)
                    .toList();
            assertThat(all).as("seed %d step %d", seed, step).doesNotHaveDuplicates();
            assertThat(sources.all().values()).noneMatch(EndpointSources::isEmpty);
        }
    }

    @Test
    void othersSeeTheFirstSizeOnly() {
        String name = "543c9563-v0";
        List<Source> streams =
                List.of(1514886999L, 3211646242L, 3618928615L, 4031773696L, 78433528L, 428929660L).stream()
                        .map(ssrc -> new Source(ssrc, MediaKind.VIDEO, name, "s t", false))
                        .toList();
        EndpointSources sent = new EndpointSources(
                streams,
                List.of(
                        group(SourceGroup.Semantics.FID, 1514886999L, 3211646242L),
                        group(SourceGroup.Semantics.SIM, 1514886999L, 3618928615L, 4031773696L),
                        group(SourceGroup.Semantics.FID, 3618928615L, 78433528L),
                        group(SourceGroup.Semantics.FID, 4031773696L, 428929660L)));
        assertThat(new SourceRules(20, 20).check("543c9563", sent)).isEmpty();
        assertThat(CompactSources.json(Map.of("543c9563", sent.withoutSimulcast())))
                .isEqualTo("{\"sources\":{\"543c9563\":[[{\"s\":1514886999,\"n\":\"543c9563-v0\",\"m\":\"s t\"},"
                        + "{\"s\":3211646242,\"n\":\"543c9563-v0\",\"m\":\"s t\"}],"
                        + "[[\"f\",1514886999,3211646242]]]}}");
    }

    @Test
    void theCompactFormIsThatOfTheWire() {
        EndpointSources bridge = new EndpointSources(
                List.of(
                        new Source(1597436994, MediaKind.VIDEO, "jvb-v0", "mixedmslabel mixedlabelvideo0", false),
                        new Source(3190219402L, MediaKind.AUDIO, "jvb-a0", "mixedmslabel mixedlabelaudio0", false)),
                List.of());
        assertThat(CompactSources.json(Map.of("jvb", bridge)))
                .isEqualTo("{\"sources\":{\"jvb\":[[{\"s\":1597436994,\"n\":\"jvb-v0\","
                        + "\"m\":\"mixedmslabel mixedlabelvideo0\"}],[],[{\"s\":3190219402,\"n\":\"jvb-a0\","
                        + "\"m\":\"mixedmslabel mixedlabelaudio0\"}]]}}");
        EndpointSources screen =
                new EndpointSources(List.of(new Source(7, MediaKind.VIDEO, "aaaaaaaa-v1", "s t", true)), List.of());
        assertThat(CompactSources.json(Map.of("aaaaaaaa", screen))).contains("\"v\":\"d\"");
        assertThat(CompactSources.json(Map.of())).isEqualTo("{\"sources\":{}}");
        assertThat(CompactSources.json(Map.of("x\"\n\\", EndpointSources.NONE)))
                .isEqualTo("{\"sources\":{\"x\\\"\\u000a\\\\\":[[]]}}");
    }

    private static SourceRemoval ssrcs(Long... ssrcs) {
        return new SourceRemoval(Set.of(ssrcs), Map.of());
    }

    private static EndpointSources audio(String owner, long ssrc) {
        return new EndpointSources(
                List.of(new Source(ssrc, MediaKind.AUDIO, owner + "-a0", owner + " t", false)), List.of());
    }

    private static EndpointSources video(int number, long ssrc) {
        return numbered("aaaaaaaa", number, ssrc);
    }

    private static EndpointSources numbered(String owner, int number, long ssrc) {
        return new EndpointSources(
                List.of(new Source(ssrc, MediaKind.VIDEO, owner + "-v" + number, owner + number + " t", false)),
                List.of());
    }

    private static SourceGroup group(SourceGroup.Semantics semantics, Long... ssrcs) {
        return new SourceGroup(semantics, MediaKind.VIDEO, List.of(ssrcs));
    }
}
