package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.allocation.Reason;
import org.videowindow.bridge.allocation.SourceDecision;

/** Calls in virtual time on a lane that has too much to do. */
class BusyLaneTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";
    private static final String C = "cccc3333";

    private CallLab lab;
    private LabClient b;
    private int ssrc;

    @BeforeEach
    void aCallWithACamera() throws Exception {
        lab = new CallLab(1);
        LabClient a = lab.add(A).silent();
        b = lab.join(B).silent();
        SimulcastCamera camera = a.simulcast();
        ssrc = camera.ssrc(0);
        lab.conference().setSources(A, List.of(camera.described(A + "-v0")), lab.now());
        lab.runMillis(4_000);
    }

    private Set<Integer> encodingsWithin(LabClient client, int millis) {
        int before = client.encodings(ssrc).lastKey();
        lab.runMillis(millis);
        return new TreeSet<>(client.encodings(ssrc).tailMap(before, false).values());
    }

    private void share(double share) {
        lab.conference().plane().videoShare(share);
    }

    private SourceDecision decided(String receiver) throws ConferenceException {
        return lab.conference()
                .require(receiver)
                .allocation()
                .decision()
                .sources()
                .getFirst();
    }

    @Test
    void lessIsSentWhileTheLaneIsFullAndAllAgainAfterwards() throws Exception {
        assertThat(encodingsWithin(b, 500)).containsExactly(2);

        share(0.5);
        lab.runMillis(1_000);
        assertThat(encodingsWithin(b, 1_000)).isNotEmpty().doesNotContain(2);
        assertThat(decided(B).reason()).isEqualTo(Reason.LOAD);

        share(0);
        lab.runMillis(500);
        assertThat(encodingsWithin(b, 2_000)).isEmpty();
        assertThat(decided(B).reason()).isEqualTo(Reason.LOAD);

        share(1);
        lab.runMillis(2_000);
        assertThat(encodingsWithin(b, 500)).containsExactly(2);
        assertThat(decided(B).reason()).isEqualTo(Reason.AS_WANTED);
    }

    @Test
    void whoJoinsAFullLaneGetsNoMoreThanTheOthers() throws Exception {
        share(0);
        lab.join(C).silent();
        lab.runMillis(3_000);
        assertThat(decided(C).isSent()).isFalse();
        assertThat(decided(C).reason()).isEqualTo(Reason.LOAD);
        share(1);
        lab.runMillis(3_000);
        assertThat(decided(C).reason()).isEqualTo(Reason.AS_WANTED);
    }
}
