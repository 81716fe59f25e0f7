package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.network.VirtualLink;

/** Somebody joins, of whom nothing is known yet: a wide link is used soon, a narrow one is not flooded. */
class FirstSecondsTest {
    private CallLab lab;
    private long delayMillis = 20;
    private final List<MeetingClient> cameras = new ArrayList<>();
    private VirtualLink down;
    private MeetingClient joiner;

    private VirtualLink link(long seed) {
        return new VirtualLink(lab.time(), seed).jitterMillis(3).delayMillis(delayMillis);
    }

    /** The joiner comes so long after the cameras. */
    private void join(long rate, int senders, long laterMillis, long seed) throws ConferenceException {
        lab = new CallLab(seed);
        for (int number = 1; number <= senders; number++) {
            cameras.add(MeetingClient.join(
                    lab, number, seed + number, link(seed + 10L * number), link(seed + 10L * number + 1)));
        }
        lab.runMillis(laterMillis);
        down = link(seed + 500).rate(rate);
        joiner = MeetingClient.join(lab, senders + 1, seed + 99, down, link(seed + 501))
                .watching();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5000, 20, 1",
        "1, 5000, 20, 2",
        "1, 5000, 20, 3",
        "1, 0, 20, 4",
        "1, 0, 20, 5",
        "3, 5000, 20, 6",
        "3, 5000, 20, 7",
        "3, 0, 20, 8",
        "3, 0, 20, 9",
        "1, 5000, 100, 10"
    })
    void onAWideLinkLargePicturesAreThereWithinTwoSeconds(int senders, long laterMillis, long delay, long seed)
            throws Exception {
        delayMillis = delay;
        join(20_000_000, senders, laterMillis, seed);
        lab.runMillis(2_000);
        for (MeetingClient camera : cameras) {
            assertThat(joiner.shownSizeOf(camera)).as("seed %d", seed).isEqualTo(2);
        }
        long since = lab.now();
        lab.runMillis(10_000);
        for (MeetingClient camera : cameras) {
            assertThat(joiner.shownSizeOf(camera)).as("stays, seed %d", seed).isEqualTo(2);
            assertThat(joiner.longestStillMillis(camera, since))
                    .as("seed %d", seed)
                    .isLessThan(200);
        }
        assertThat(down.dropped()).as("seed %d", seed).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "300000, 5000, 21",
        "300000, 5000, 22",
        "300000, 0, 23",
        "300000, 0, 24",
        "500000, 5000, 25",
        "500000, 0, 26",
        "800000, 5000, 27",
        "800000, 0, 28"
    })
    void aNarrowLinkIsNotFlooded(long rate, long laterMillis, long seed) throws Exception {
        join(rate, 1, laterMillis, seed);
        lab.runMillis(1_000);
        MeetingClient camera = cameras.getFirst();
        assertThat(joiner.shownSizeOf(camera))
                .as("a second later, seed %d", seed)
                .isNotNegative();
        lab.runMillis(4_000);
        assertThat(down.dropped()).as("packets, seed %d", seed).isLessThan(10);
        assertThat(joiner.soundArrived(camera)).as("sound, seed %d", seed).isGreaterThan(0.99);
        assertThat(joiner.keyFramesAskedFor(camera))
                .as("given up, seed %d", seed)
                .isZero();
    }

    /** Three voices alone take two fifths of it. */
    @ParameterizedTest
    @CsvSource({"500000, 31", "500000, 32", "800000, 33"})
    void severalVoicesAreThoughtOfBeforePictures(long rate, long seed) throws Exception {
        join(rate, 3, 5_000, seed);
        down.queueMillis(100);
        lab.runMillis(10_000);
        for (MeetingClient camera : cameras) {
            assertThat(joiner.soundArrived(camera)).as("sound, seed %d", seed).isGreaterThan(0.93);
        }
    }
}
