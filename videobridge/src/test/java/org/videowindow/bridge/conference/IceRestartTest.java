package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NavigableSet;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/** New networks and new credentials during a call, in virtual time. */
class IceRestartTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";
    private static final long SECOND = 1_000 * CallLab.MILLI;

    private final CallLab lab = new CallLab(31);
    private final LabClient a;
    private final LabClient b;

    IceRestartTest() throws ConferenceException {
        a = lab.join(A);
        b = lab.join(B);
        lab.runMillis(2_000);
    }

    /** The client asks by signalling, answers, and checks by the new credentials. */
    private EndpointTransport restart(LabClient client, String id) throws ConferenceException {
        EndpointTransport restarted = lab.conference().restartIce(id, lab.now());
        client.restart(restarted);
        lab.conference().setRemoteTransport(id, client.signalled());
        return restarted;
    }

    @Test
    void mediaGoOnWithoutAGapThroughARestart() throws Exception {
        long handshakes = lab.count(Counter.DTLS_COMPLETED);
        EndpointTransport first = a.bridge();
        for (int i = 1; i <= 3; i++) {
            EndpointTransport restarted = restart(a, A);
            assertThat(restarted.generation()).isEqualTo(i);
            assertThat(restarted.ufrag()).isNotEqualTo(first.ufrag());
            assertThat(restarted.channelPassword()).isEqualTo(first.channelPassword());
            lab.runMillis(3_000);
        }
        assertThat(lab.count(Counter.ICE_RESTARTS)).isEqualTo(3);
        assertThat(lab.count(Counter.DTLS_COMPLETED)).as("no handshake").isEqualTo(handshakes);
        for (int ssrc : new int[] {a.audioSsrc(), a.videoSsrc()}) {
            assertThat(b.missing(ssrc, 0)).isZero();
        }
        for (int ssrc : new int[] {b.audioSsrc(), b.videoSsrc()}) {
            assertThat(a.missing(ssrc, 0)).isZero();
        }
        NavigableSet<Integer> sound = a.packets(b.audioSsrc());
        assertThat(sound.size()).as("50 a second for 11 seconds").isGreaterThan(500);
        assertThat(lab.drops()).isZero();
        assertThat(lab.events()).doesNotContain("inactive " + A);
    }

    @Test
    void aRestartOnANewNetworkMovesMediaWithinTheFirstCheck() throws Exception {
        a.moveTo(20_777);
        restart(a, A);
        long before = lab.count(Counter.ICE_PATH_CHANGES);
        lab.runMillis(200);
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isEqualTo(before + 1);
        lab.runMillis(2_000);
        assertThat(a.missing(b.audioSsrc(), 0)).isLessThan(10);
        assertThat(lab.plane().peers().find(0, CallLab.ADDRESS_LOW, 20_777)).isNotNegative();
    }

    @Test
    void withoutARestartAChangeOfAddressIsOverWithinTwoSeconds() {
        a.moveTo(20_888);
        long moved = lab.now();
        int last = a.packets(b.audioSsrc()).last();
        lab.runMillis(2_000);
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isOne();
        assertThat(a.packets(b.audioSsrc()).last() - last)
                .as("sound of %d ms", (lab.now() - moved) / CallLab.MILLI)
                .isGreaterThan(90);
        assertThat(a.missing(b.audioSsrc(), 0)).isLessThan(10);
    }

    @Test
    void theReturnPathMovesByACheckAndByNothingElse() throws Exception {
        // RTP that is authentic, from a stranger's address.
        byte[] packet = a.seal(a.nextVideoPacket(false, true, lab.now()));
        lab.inject(31_000, packet);
        lab.inject(31_000, LabClient.clientHello());
        assertThat(lab.count(Counter.DROPPED_UNKNOWN_ADDRESS)).isEqualTo(2);
        // An authentic check that does not nominate.
        lab.inject(31_000, a.check(77, false));
        lab.inject(31_000, a.seal(a.nextVideoPacket(false, true, lab.now())));
        lab.runMillis(100);
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isZero();
        lab.inject(31_000, a.check(78, true));
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isOne();
    }

    @Test
    void whenChecksEndTheBridgeStopsSending() {
        long checked = lab.now();
        a.stopChecking();
        lab.runMillis(29_000);
        int heard = a.packets(b.audioSsrc()).size();
        lab.runMillis(500);
        assertThat(a.packets(b.audioSsrc()).size()).isGreaterThan(heard);
        lab.runMillis(1_500);
        int after = a.packets(b.audioSsrc()).size();
        lab.runMillis(1_000);
        assertThat(a.packets(b.audioSsrc()))
                .as("%d s later", (lab.now() - checked) / SECOND)
                .hasSize(after);
        assertThat(b.packets(a.audioSsrc())).isNotEmpty();
    }

    @Test
    void lateChecksByOldCredentialsDoNotMoveMediaBack() throws Exception {
        byte[] late = a.check(1_000, true);
        byte[] later = a.check(1_001, true);
        a.moveTo(20_999);
        restart(a, A);
        lab.runMillis(1_000);
        lab.inject(20_000, late);
        lab.runMillis(10);
        assertThat(lab.count(Counter.ICE_PATH_CHANGES)).isOne();
        lab.runMillis(6_000);
        long dropped = lab.count(Counter.DROPPED_STUN_UNAUTHENTICATED);
        lab.inject(20_000, later);
        assertThat(lab.count(Counter.DROPPED_STUN_UNAUTHENTICATED)).isEqualTo(dropped + 1);
    }

    @Test
    void aStormOfRestartsIsCutToOneASecondAndRepetitionsAnswerTheSame() throws Exception {
        EndpointTransport first = lab.conference().restartIce(A, lab.now());
        for (int i = 0; i < 99; i++) {
            assertThat(lab.conference().restartIce(A, lab.now())).isEqualTo(first);
        }
        assertThat(lab.count(Counter.ICE_RESTARTS)).isOne();
        a.restart(first);
        lab.conference().setRemoteTransport(A, a.signalled());
        lab.runMillis(100);
        assertThatThrownBy(() -> lab.conference().restartIce(A, lab.now()))
                .isInstanceOfSatisfying(
                        ConferenceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT));
        for (int i = 0; i < 60; i++) {
            lab.runMillis(1_000);
            lab.conference().restartIce(A, lab.now());
        }
        assertThat(lab.count(Counter.ICE_RESTARTS)).isEqualTo(61);
        assertThat(a.missing(b.audioSsrc(), 0)).isZero();
    }

    @Test
    void whoWasNeverConnectedHasNothingToRestart() throws Exception {
        EndpointTransport given = lab.conference().addEndpoint("cccc3333", Offers.standard(), lab.now());
        assertThat(lab.conference().restartIce("cccc3333", lab.now())).isEqualTo(given);
        assertThat(lab.count(Counter.ICE_RESTARTS)).isZero();
    }

    @Test
    void aRestartThatTheClientNeverUsesChangesNothing() throws Exception {
        lab.conference().restartIce(A, lab.now());
        lab.runMillis(25_000);
        assertThat(a.missing(b.audioSsrc(), 0)).isZero();
        assertThat(lab.drops()).isZero();
    }
}
