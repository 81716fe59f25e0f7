package org.videowindow.focus.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.bridge.BridgeSelection.Candidate;
import org.videowindow.focus.lab.Xml;

/** Which bridge is chosen, row by row. */
class BridgeSelectionTest {
    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("no bridge", List.of(), "", null),
                Arguments.of("the only one", List.of(bridge("a", 0.9, "")), "", "a"),
                Arguments.of("an overloaded one is better than none", List.of(bridge("a", 3, "")), "", "a"),
                Arguments.of("the least stress", List.of(bridge("a", 0.5, ""), bridge("b", 0.2, "")), "", "b"),
                Arguments.of("of equals the first", List.of(bridge("b", 0.2, ""), bridge("a", 0.2, "")), "", "a"),
                Arguments.of("the region first", List.of(bridge("a", 0.1, "us"), bridge("b", 0.8, "eu")), "eu", "b"),
                Arguments.of("no bridge there", List.of(bridge("a", 0.4, "us"), bridge("b", 0.1, "ap")), "eu", "b"),
                Arguments.of("region unset", List.of(bridge("a", 0.4, "us"), bridge("b", 0.1, "ap")), "", "b"),
                Arguments.of("not the unhealthy", List.of(sick("a"), bridge("b", 0.9, "")), "", "b"),
                Arguments.of("not the draining", List.of(draining("a"), bridge("b", 0.9, "")), "", "b"),
                Arguments.of("none that works", List.of(draining("a"), sick("b")), "", null),
                Arguments.of(
                        "what was given since the last report counts",
                        List.of(new Candidate(state("a", 0.1, "", true, false), 30), bridge("b", 0.2, "")),
                        "",
                        "b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void row(String name, List<Candidate> candidates, String region, String expected) {
        Optional<String> wanted = Optional.of(region).filter(r -> !r.isEmpty());
        assertThat(BridgeSelection.choose(candidates, wanted)
                        .map(b -> b.address().getResourceOrThrow().toString()))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void theOrderOfTheListDoesNotMatterAndTheChoiceIsNeverWorseThanAnother() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Candidate> all = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                all.add(new Candidate(
                        state(
                                "b" + i,
                                random.nextInt(5) / 4.0,
                                random.nextBoolean() ? "eu" : "us",
                                random.nextInt(4) > 0,
                                random.nextInt(4) == 0),
                        random.nextInt(3)));
            }
            Optional<BridgeState> choice = BridgeSelection.choose(all, Optional.of("eu"));
            Collections.shuffle(all, random);
            assertThat(BridgeSelection.choose(all, Optional.of("eu")))
                    .as("seed %d", seed)
                    .isEqualTo(choice);
            choice.ifPresent(chosen -> {
                assertThat(chosen.healthy() && !chosen.draining()).isTrue();
                boolean regional = all.stream()
                        .anyMatch(c -> c.bridge().healthy()
                                && !c.bridge().draining()
                                && c.bridge().region().equals(Optional.of("eu")));
                assertThat(chosen.region().equals(Optional.of("eu"))).isEqualTo(regional);
            });
        }
    }

    static Stream<Arguments> presences() {
        return Stream.of(
                Arguments.of("<presence/>", Optional.empty()),
                Arguments.of(
                        "<presence><stats xmlns='http://jitsi.org/protocol/colibri'/></presence>",
                        Optional.of(state("a", 0.5, "", true, false))),
                Arguments.of(stats("stress_level", "-1"), Optional.of(state("a", 0.5, "", true, false))),
                Arguments.of(stats("stress_level", "NaN"), Optional.of(state("a", 0.5, "", true, false))),
                Arguments.of(stats("stress_level", "zero"), Optional.of(state("a", 0.5, "", true, false))),
                Arguments.of(stats("stress_level", "0.25"), Optional.of(state("a", 0.25, "", true, false))),
                Arguments.of(stats("region", "eu"), Optional.of(state("a", 0.5, "eu", true, false))),
                Arguments.of(stats("drain", "true"), Optional.of(state("a", 0.5, "", true, true))),
                Arguments.of(stats("graceful_shutdown", "true"), Optional.of(state("a", 0.5, "", true, true))),
                Arguments.of(stats("healthy", "false"), Optional.of(state("a", 0.5, "", false, false))));
    }

    @ParameterizedTest
    @MethodSource("presences")
    void whatABridgeSaysIsReadWithCare(String presence, Optional<BridgeState> expected) {
        assertThat(BridgeState.of(expected.map(BridgeState::address).orElse(null), Xml.stanza(presence)))
                .isEqualTo(expected);
    }

    private static String stats(String name, String value) {
        return "<presence><stats xmlns='http://jitsi.org/protocol/colibri'><stat name='" + name + "' value='" + value
                + "'/></stats></presence>";
    }

    private static Candidate bridge(String id, double stress, String region) {
        return new Candidate(state(id, stress, region, true, false), 0);
    }

    private static Candidate sick(String id) {
        return new Candidate(state(id, 0, "", false, false), 0);
    }

    private static Candidate draining(String id) {
        return new Candidate(state(id, 0, "", true, true), 0);
    }

    private static BridgeState state(String id, double stress, String region, boolean healthy, boolean draining) {
        return new BridgeState(
                JidCreate.fromOrThrowUnchecked("brewery@conference.d/" + id),
                stress,
                healthy,
                draining,
                false,
                Optional.of(region).filter(r -> !r.isEmpty()),
                "",
                0,
                0);
    }
}
