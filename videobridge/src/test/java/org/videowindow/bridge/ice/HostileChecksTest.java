package org.videowindow.bridge.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.ice.IceAgent.Outcome;
import org.videowindow.bridge.ice.StunRequest.Verdict;

/** Checks of those who want something else than a connection. */
class HostileChecksTest {
    private static final String FRAGMENT = "abcdEFGH";
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final String USERNAME = FRAGMENT + ":h6vY";
    private static final long IPV4 = 0xffff_c0000201L;
    private static final long IPV6_HIGH = 0x20010db8_00000000L;
    private static final long SECOND = 1_000_000_000L;

    private final HmacSha1 hmac = new HmacSha1();
    private final StunRequest request = new StunRequest();
    private final StunReply reply = new StunReply(hmac);
    private final Set<Integer> claimed = new HashSet<>();
    private final IceAgent agent = new IceAgent(hmac, FRAGMENT, PASSWORD, new Ports(), 30 * SECOND);
    private int transactions;

    private final class Ports implements IceAgent.Paths {
        @Override
        public boolean claim(long high, long low, int port, long now) {
            return claimed.add(port);
        }

        @Override
        public void release(long high, long low, int port) {
            claimed.remove(port);
        }

        @Override
        public void retire(String fragment) {}
    }

    private byte[] transaction() {
        return ByteBuffer.allocate(12).putInt(++transactions).array();
    }

    private Outcome handle(byte[] message, long high, int port, long now) {
        assertThat(request.read(message, 0, message.length)).isEqualTo(Verdict.REQUEST);
        return agent.handle(request, now, high, IPV4, port, reply);
    }

    private StunMessages request() {
        return StunMessages.request(transaction()).username(USERNAME);
    }

    static List<byte[]> authentic() {
        List<byte[]> messages = new ArrayList<>();
        byte[] id = new byte[12];
        messages.add(
                StunMessages.request(id).username(USERNAME).integrity(PASSWORD).fingerprint());
        messages.add(StunMessages.request(id)
                .username(USERNAME)
                .attribute(StunMessages.ICE_CONTROLLED, new byte[8])
                .integrity(PASSWORD)
                .fingerprint());
        messages.add(StunMessages.check(id, USERNAME, PASSWORD, true));
        for (int unknown = 1; unknown <= 30; unknown++) {
            StunMessages message = StunMessages.request(id).username(USERNAME);
            for (int i = 0; i < unknown; i++) {
                message.attribute(0x7000 + i, new byte[0]);
            }
            messages.add(message.integrity(PASSWORD).fingerprint());
        }
        return messages;
    }

    @ParameterizedTest
    @MethodSource("authentic")
    void noReplyIsLargerThanItsCheckAndNoneGoesToAStranger(byte[] message) {
        for (long high : new long[] {0, IPV6_HIGH}) {
            handle(message, high, 1, 0);
            assertThat(reply.length()).isLessThanOrEqualTo(message.length);
        }
        int before = reply.length();
        byte[] forged = message.clone();
        forged[forged.length - 20] ^= 1;
        assertThat(request.read(forged, 0, forged.length))
                .as("the fingerprint no longer fits")
                .isEqualTo(Verdict.MALFORMED);
        assertThat(reply.length()).isEqualTo(before);
    }

    @Test
    void whoClaimsBothRolesIsToldOfTheConflict() {
        byte[] both = request()
                .attribute(StunMessages.ICE_CONTROLLING, new byte[8])
                .attribute(StunMessages.ICE_CONTROLLED, new byte[8])
                .attribute(StunMessages.PRIORITY, new byte[4])
                .attribute(StunMessages.USE_CANDIDATE, new byte[0])
                .integrity(PASSWORD)
                .fingerprint();
        assertThat(handle(both, 0, 1, 0)).isEqualTo(Outcome.ROLE_CONFLICT);
        assertThat(claimed).isEmpty();
    }

    @Test
    void attributesOfTheWrongLengthCountAsAbsent() {
        byte[] message = request()
                .attribute(StunMessages.ICE_CONTROLLING, new byte[4])
                .attribute(StunMessages.PRIORITY, new byte[8])
                .attribute(StunMessages.USE_CANDIDATE, new byte[0])
                .integrity(PASSWORD)
                .fingerprint();
        assertThat(handle(message, 0, 1, 0)).isEqualTo(Outcome.REFUSED);
        assertThat(agent.hasPath()).isFalse();
    }

    @Test
    void namesThatAreNoTextOrHaveTheirHalvesSwappedAreNobodys() {
        byte[][] names = {
            ("h6vY:" + FRAGMENT).getBytes(StandardCharsets.UTF_8),
            {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, (byte) 0x80, 0, 0, 0, 0, ':', 'x'},
            (FRAGMENT + "h6vY").getBytes(StandardCharsets.UTF_8),
            new byte[200],
        };
        for (byte[] name : names) {
            byte[] message = StunMessages.request(transaction())
                    .attribute(StunMessages.USERNAME, name)
                    .attribute(StunMessages.ICE_CONTROLLING, new byte[8])
                    .attribute(StunMessages.PRIORITY, new byte[4])
                    .integrity(PASSWORD)
                    .fingerprint();
            assertThat(handle(message, 0, 1, 0)).isEqualTo(Outcome.UNAUTHENTICATED);
        }
        assertThat(claimed).isEmpty();
    }

    @Test
    void theNameThatCountsIsTheFirstOneAndAChangedOneBreaksTheIntegrity() {
        byte[] twice = StunMessages.request(transaction())
                .username("whoElse1:h6vY")
                .username(USERNAME)
                .attribute(StunMessages.ICE_CONTROLLING, new byte[8])
                .attribute(StunMessages.PRIORITY, new byte[4])
                .integrity(PASSWORD)
                .fingerprint();
        assertThat(handle(twice, 0, 1, 0)).isEqualTo(Outcome.UNAUTHENTICATED);
    }

    @Test
    void twoNetworksWithTheSameCredentialsHandOverAndNeverShare() {
        for (int i = 0; i < 100; i++) {
            int port = 1 + i % 2;
            assertThat(handle(StunMessages.check(transaction(), USERNAME, PASSWORD, true), 0, port, i))
                    .isEqualTo(Outcome.MOVED);
            assertThat(agent.selectedPort()).isEqualTo(port);
        }
        assertThat(claimed).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void guessesLeaveNothingBehind() {
        handle(StunMessages.check(transaction(), USERNAME, PASSWORD, true), 0, 1, 0);
        byte[] guess = StunMessages.check(transaction(), USERNAME, "not the password at all", true);
        request.read(guess, 0, guess.length);
        for (int port = 2; port < 10_000; port++) {
            assertThat(agent.handle(request, port, 0, IPV4, port, reply)).isEqualTo(Outcome.UNAUTHENTICATED);
        }
        assertThat(claimed).containsExactly(1);
        assertThat(agent.selectedPort()).isEqualTo(1);
    }

    @Test
    void checksThatAreChangedByOneBitAnywhereProveNothing() {
        byte[] good = StunMessages.check(transaction(), USERNAME, PASSWORD, true);
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            byte[] changed = good.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            if (request.read(changed, 0, changed.length) == Verdict.REQUEST) {
                assertThat(agent.handle(request, 0, 0, IPV4, 9, reply)).isEqualTo(Outcome.UNAUTHENTICATED);
            }
        }
        assertThat(claimed).isEmpty();
    }
}
