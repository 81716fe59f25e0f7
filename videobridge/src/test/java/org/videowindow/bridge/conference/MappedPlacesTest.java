package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has a place at a receiver that maps sources when there are more of them than places: conferences in virtual time. */
class MappedPlacesTest {
    private static final String B = "bbbbbbbb";
    private static final List<String> OTHERS =
            List.of("aaaaaaaa", "cccccccc", "dddddddd", "eeeeeeee", "ffffffff", "gggggggg");

    /** So much that everything is sent. */
    private static final long PLENTY = 50_000_000;

    private static CallLab lab(long seed, int places) {
        return new CallLab(seed, BridgeLimits.DEFAULTS, new ForwardingSettings(10, places, 50));
    }

    private static String video(int index) {
        return OTHERS.get(index) + "-v0";
    }

    private static ReceiverConstraints wish(List<String> selected, List<String> onStage) {
        return new ReceiverConstraints(-1, selected, onStage, VideoConstraint.UNLIMITED, Map.of());
    }

    /** SSRC by source name. */
    private static Map<String, Long> places(CallLab lab) {
        Map<String, Long> places = new LinkedHashMap<>();
        for (MappedSource source : lab.outside().mappedSources(B, MediaKind.VIDEO)) {
            assertThat(places.put(source.name(), source.ssrc()))
                    .as("%s twice", source.name())
                    .isNull();
        }
        return places;
    }

    private static void others(CallLab lab, int count) throws ConferenceException {
        for (String id : OTHERS.subList(0, count)) {
            lab.join(id);
        }
    }

    @Test
    void aScreenThatBeginsTakesThePlaceOfTheCameraThatMattersLeast() throws Exception {
        CallLab lab = lab(1, 2);
        LabClient b = lab.joinMapping(B);
        others(lab, 4);
        lab.runMillis(2_000);
        Map<String, Long> before = places(lab);
        assertThat(before).containsOnlyKeys(video(0), video(1));
        lab.conference().setVideoType(OTHERS.get(3), video(3), VideoType.DESKTOP, lab.now());
        lab.runMillis(1_000);
        Map<String, Long> after = places(lab);
        assertThat(after).containsOnlyKeys(video(0), video(3));
        assertThat(after.get(video(0))).as("stays where it was").isEqualTo(before.get(video(0)));
        assertThat(b.packets(after.get(video(3)).intValue())).hasSizeGreaterThan(200);
        assertThat(b.missing(after.get(video(3)).intValue(), 0)).isZero();
    }

    @Test
    void whatIsOnStageOrSelectedHasAPlaceAlsoWhileThereIsNoBandwidthForIt() throws Exception {
        CallLab lab = lab(2, 3);
        LabClient b = lab.joinMapping(B);
        others(lab, 5);
        lab.runMillis(2_000);
        b.canTake(60_000);
        lab.runMillis(5_000);
        lab.conference().setReceiverConstraints(B, wish(List.of(video(4)), List.of(video(3))), lab.now());
        lab.runMillis(1_000);
        assertThat(places(lab)).containsOnlyKeys(video(0), video(3), video(4));
        assertThat(lab.outside().forwardedSources(B)).isEmpty();
    }

    @Test
    void nothingIsForwardedOrAskedForThatHasNoPlace() throws Exception {
        CallLab lab = lab(3, 2);
        lab.joinMapping(B).withoutVideo();
        lab.join(OTHERS.get(0)).withoutVideo();
        lab.join(OTHERS.get(1));
        lab.join(OTHERS.get(2));
        lab.join(OTHERS.get(3));
        for (String id : OTHERS.subList(0, 4)) {
            lab.conference()
                    .setReceiverConstraints(
                            id,
                            new ReceiverConstraints(0, List.of(), List.of(), VideoConstraint.UNLIMITED, Map.of()),
                            lab.now());
        }
        lab.runMillis(8_000);
        assertThat(lab.outside().forwardedSources(B)).containsExactly(video(1), video(2));
        assertThat(lab.outside().senderConstraints(OTHERS.get(2))).isEmpty();
        assertThat(lab.outside().senderConstraints(OTHERS.get(3))).isEqualTo(Map.of(video(3), 0));
    }

    @Test
    void aSourceThatEndsWhileItIsNotSentIsOffTheMap() throws Exception {
        CallLab lab = lab(4, 3);
        lab.joinMapping(B);
        others(lab, 3);
        lab.runMillis(2_000);
        lab.conference()
                .setReceiverConstraints(
                        B,
                        new ReceiverConstraints(0, List.of(), List.of(), VideoConstraint.UNLIMITED, Map.of()),
                        lab.now());
        lab.runMillis(500);
        assertThat(places(lab)).as("nobody else wants them").hasSize(3);
        lab.conference().expireEndpoint(OTHERS.get(1), lab.now());
        lab.runMillis(500);
        assertThat(places(lab)).containsOnlyKeys(video(0), video(2));
    }

    /** Stage, selection, screens and speakers change at random, and so does what the receiver can take. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2, 3, 4})
    void whateverIsWantedTheMostImportantHavePlacesAndKeepThem(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int most = 2 + random.nextInt(3);
        CallLab lab = lab(seed, most);
        LabClient b = lab.joinMapping(B);
        List<LabClient> clients = new ArrayList<>();
        for (String id : OTHERS) {
            clients.add(lab.join(id));
        }
        lab.runMillis(2_000);
        Map<String, VideoType> types = new HashMap<>();
        ReceiverConstraints wish = ReceiverConstraints.ALL;
        List<String> before = List.of();
        Map<String, Long> placesBefore = Map.of();
        for (int step = 0; step < 50; step++) {
            String where = "seed " + seed + ", step " + step;
            switch (random.nextInt(5)) {
                case 0 -> {
                    wish = randomWish(random);
                    lab.conference().setReceiverConstraints(B, wish, lab.now());
                }
                case 1 -> {
                    int one = random.nextInt(OTHERS.size());
                    VideoType type = random.nextInt(3) == 0 ? VideoType.DESKTOP : VideoType.CAMERA;
                    types.put(video(one), type);
                    lab.conference().setVideoType(OTHERS.get(one), video(one), type, lab.now());
                }
                case 2 -> {
                    int loud = random.nextInt(OTHERS.size());
                    for (int i = 0; i < clients.size(); i++) {
                        clients.get(i).speaking(i == loud ? 30 : 127);
                    }
                }
                case 3 -> b.canTake(random.nextInt(3) == 0 ? PLENTY : random.nextLong(30_000, 3_000_000));
                default -> {
                    // Time passes.
                }
            }
            int changes = mapChanges(lab);
            lab.runMillis(random.nextInt(2) == 0 ? 50 : 1_200);
            SpeakerOrder speakers;
            do {
                speakers = lab.conference().speakers().order();
                lab.runMillis(300);
            } while (!speakers.equals(lab.conference().speakers().order()));
            List<String> wanted = order(wish, types, speakers);
            int asked = wish.lastN() < 0 ? wanted.size() : wish.lastN();
            List<String> first = wanted.stream().limit(Math.min(most, asked)).toList();
            Map<String, Long> places = places(lab);
            assertThat(places.size()).as(where).isLessThanOrEqualTo(most);
            assertThat(places.values()).as(where).doesNotHaveDuplicates();
            assertThat(places.keySet()).as(where).containsAll(first);
            assertThat(first).as(where).containsAll(lab.outside().forwardedSources(B));
            for (String name : first) {
                if (before.contains(name)) {
                    assertThat(places.get(name)).as("%s, %s", name, where).isEqualTo(placesBefore.get(name));
                }
            }
            if (first.equals(before)) {
                assertThat(places).as(where).isEqualTo(placesBefore);
                assertThat(mapChanges(lab)).as("nothing was told, " + where).isLessThanOrEqualTo(changes + 1);
            }
            before = first;
            placesBefore = places;
        }
    }

    private static int mapChanges(CallLab lab) {
        return (int) lab.events().stream()
                .filter(event -> event.startsWith("mapped to " + B) && event.contains("-v0"))
                .count();
    }

    private static ReceiverConstraints randomWish(SplittableRandom random) {
        Map<String, VideoConstraint> constraints = new HashMap<>();
        for (int i = 0; i < OTHERS.size(); i++) {
            if (random.nextInt(6) == 0) {
                constraints.put(video(i), VideoConstraint.height(0));
            }
        }
        return new ReceiverConstraints(
                random.nextInt(3) == 0 ? random.nextInt(6) : -1,
                some(random),
                some(random),
                VideoConstraint.UNLIMITED,
                constraints);
    }

    private static List<String> some(SplittableRandom random) {
        List<String> names = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            names.add(video(random.nextInt(OTHERS.size())));
        }
        return names.stream().distinct().toList();
    }

    /** What is wanted, the most important first, said in another way than the bridge does. */
    private static List<String> order(ReceiverConstraints wish, Map<String, VideoType> types, SpeakerOrder speakers) {
        List<String> voices = new ArrayList<>(speakers.previous());
        voices.remove(speakers.dominant());
        if (speakers.dominant() != null) {
            voices.addFirst(speakers.dominant());
        }
        return OTHERS.stream()
                .map(owner -> owner + "-v0")
                .filter(name -> wish.of(name).maxHeight() != 0)
                .sorted(Comparator.<String>comparingInt(name -> place(wish.onStageSources(), name))
                        .thenComparingInt(name -> place(wish.selectedSources(), name))
                        .thenComparingInt(name -> types.get(name) == VideoType.DESKTOP
                                ? -1
                                : place(voices, name.substring(0, name.indexOf('-')))))
                .toList();
    }

    private static int place(List<String> names, String name) {
        int place = names.indexOf(name);
        return place < 0 ? names.size() : place;
    }
}
