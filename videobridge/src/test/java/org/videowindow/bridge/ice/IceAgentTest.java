package org.videowindow.bridge.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.ice.IceAgent.Outcome;
import org.videowindow.bridge.ice.StunRequest.Verdict;

class IceAgentTest {
    private static final String FRAGMENT = "abcdEFGH";
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final String USERNAME = FRAGMENT + ":h6vY";
    private static final long IPV4 = 0xffff_c0000201L;
    private static final long SECOND = 1_000_000_000L;
    private static final int PORT = 32_853;

    private final HmacSha1 hmac = new HmacSha1();
    private final StunRequest request = new StunRequest();
    private final StunReply reply = new StunReply(hmac);
    private final Set<Integer> claimed = new TreeSet<>();
    private final Set<Integer> refusedPorts = new TreeSet<>();
    private final List<String> retired = new ArrayList<>();
    private final IceAgent agent = new IceAgent(
            hmac,
            FRAGMENT,
            PASSWORD,
            new IceAgent.Paths() {
                @Override
                public boolean claim(long high, long low, int port, long now) {
                    return !refusedPorts.contains(port) && claimed.add(port);
                }

                @Override
                public void release(long high, long low, int port) {
                    assertThat(claimed.remove(port)).isTrue();
                }

                @Override
                public void retire(String fragment) {
                    retired.add(fragment);
                }
            },
            30 * SECOND);
    private int transactions;

    private byte[] transaction() {
        return ByteBuffer.allocate(12).putInt(++transactions).array();
    }

    private Outcome handle(byte[] message, int port, long now) {
        byte[] shifted = new byte[message.length + 7];
        System.arraycopy(message, 0, shifted, 5, message.length);
        assertThat(request.read(shifted, 5, message.length)).isEqualTo(Verdict.REQUEST);
        return agent.handle(request, now, 0, IPV4, port, reply);
    }

    private byte[] check(boolean nominate) {
        return StunMessages.check(transaction(), USERNAME, PASSWORD, nominate);
    }

    private byte[] lastReply() {
        byte[] bytes = new byte[reply.length()];
        System.arraycopy(reply.bytes(), 0, bytes, 0, bytes.length);
        return bytes;
    }

    @Test
    void theSampleRequestOfRfc5769IsAuthentic() {
        byte[] sample = HexFormat.of()
                .parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
                        + "802200105354554e207465737420636c69656e74"
                        + "002400046e0001ff80290008932ff9b151263b36"
                        + "000600096576746a3a683676592020200008"
                        + "00149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");
        assertThat(request.read(sample, 0, sample.length)).isEqualTo(Verdict.REQUEST);
        assertThat(request.isAuthentic(hmac, new HmacSha1.Key(PASSWORD))).isTrue();
        assertThat(request.isFromControlled()).isTrue();
        assertThat(request.hasPriority()).isTrue();
        sample[21] ^= 1;
        assertThat(request.read(sample, 0, sample.length)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void mappedAddressesAreThoseOfTheSampleResponsesOfRfc5769() {
        byte[] id = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");
        byte[] asked =
                StunMessages.request(id).username(USERNAME).integrity(PASSWORD).fingerprint();
        request.read(asked, 0, asked.length);
        HmacSha1.Key key = new HmacSha1.Key(PASSWORD);
        reply.success(request, key, 0, IPV4, PORT);
        assertThat(HexFormat.of().formatHex(lastReply())).contains("002000080001a147e112a643");
        assertThat(reply.length()).isEqualTo(64);
        reply.success(request, key, 0x20010db812345678L, 0x0011223344556677L, PORT);
        assertThat(HexFormat.of().formatHex(lastReply())).contains("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
    }

    @Test
    void repliesCarryIntegrityAndFingerprint() {
        handle(check(true), PORT, 0);
        byte[] actual = lastReply();
        byte[] body = new byte[12];
        System.arraycopy(actual, 20, body, 0, 12);
        byte[] value = new byte[8];
        System.arraycopy(body, 4, value, 0, 8);
        byte[] id = new byte[12];
        System.arraycopy(actual, 8, id, 0, 12);
        assertThat(actual)
                .isEqualTo(StunMessages.message(0x0101, id)
                        .attribute(0x0020, value)
                        .integrity(PASSWORD)
                        .fingerprint());
    }

    @Test
    void aControlledClientIsToldToTakeControlAndThenMoves() {
        byte[] controlled = controlledCheck();
        assertThat(handle(controlled, PORT, 0)).isEqualTo(Outcome.ROLE_CONFLICT);
        assertThat(HexFormat.of().formatHex(lastReply())).startsWith("0111").contains("0009000400000457");
        assertThat(reply.length()).isLessThanOrEqualTo(controlled.length);
        assertThat(claimed).as("a refused check proves no path").isEmpty();
        assertThat(handle(check(false), PORT, 0)).isEqualTo(Outcome.VALID);
        assertThat(agent.isNominated()).isFalse();
        assertThat(handle(check(true), PORT, 0)).isEqualTo(Outcome.MOVED);
        assertThat(handle(check(true), PORT, 0)).isEqualTo(Outcome.VALID);
        assertThat(agent.selectedPort()).isEqualTo(PORT);
    }

    /** A browser that got a 487 for each of two checks on their way took the wrong role twice, and so on for a second. */
    @Test
    void checksUnderWayDoNotChangeTheRoleOfTheClientBack() {
        assertThat(handle(controlledCheck(), PORT, 0)).isEqualTo(Outcome.ROLE_CONFLICT);
        assertThat(handle(controlledCheck(), PORT, SECOND / 20)).isEqualTo(Outcome.ROLE_CONFLICT_KNOWN);
        assertThat(handle(controlledCheck(), PORT + 1, SECOND / 2 - 1)).isEqualTo(Outcome.ROLE_CONFLICT_KNOWN);
        assertThat(Outcome.ROLE_CONFLICT_KNOWN.hasReply()).isFalse();
        assertThat(handle(controlledCheck(), PORT, SECOND / 2))
                .as("the 487 was lost on its way")
                .isEqualTo(Outcome.ROLE_CONFLICT);
        assertThat(handle(check(true), PORT, SECOND / 2 + 1)).isEqualTo(Outcome.MOVED);
    }

    private byte[] controlledCheck() {
        return StunMessages.request(transaction())
                .username(USERNAME)
                .attribute(StunMessages.ICE_CONTROLLED, new byte[8])
                .attribute(StunMessages.PRIORITY, new byte[4])
                .integrity(PASSWORD)
                .fingerprint();
    }

    @Test
    void unknownAttributesThatMustBeUnderstoodAreNamedInTheRefusal() {
        byte[] message = StunMessages.request(transaction())
                .username(USERNAME)
                .attribute(0x7001, new byte[3])
                .attribute(0xC001, new byte[3])
                .attribute(0x7002, new byte[0])
                .attribute(0x7003, new byte[0])
                .integrity(PASSWORD)
                .fingerprint();
        assertThat(handle(message, PORT, 0)).isEqualTo(Outcome.REFUSED);
        assertThat(HexFormat.of().formatHex(lastReply())).contains("00090004" + "00000414" + "000a0006700170027003");
        assertThat(reply.length() % 4).isZero();
    }

    @Test
    void attributesBehindTheIntegrityAreNotBelieved() {
        byte[] message = StunMessages.request(transaction())
                .username(USERNAME)
                .attribute(StunMessages.ICE_CONTROLLING, new byte[8])
                .attribute(StunMessages.PRIORITY, new byte[4])
                .integrity(PASSWORD)
                .attribute(StunMessages.USE_CANDIDATE, new byte[0])
                .attribute(0x7001, new byte[0])
                .fingerprint();
        assertThat(handle(message, PORT, 0)).isEqualTo(Outcome.VALID);
        assertThat(agent.isNominated()).isFalse();
    }

    @Test
    void wrongCredentialsGetNoReplyAndProveNothing() {
        agent.setRemoteFragment("h6vY");
        List<byte[]> wrong = List.of(
                StunMessages.check(transaction(), USERNAME, "another password, long", true),
                StunMessages.check(transaction(), FRAGMENT + ":else", PASSWORD, true),
                StunMessages.check(transaction(), FRAGMENT + ":", PASSWORD, true),
                StunMessages.request(transaction()).username(USERNAME).fingerprint());
        for (byte[] message : wrong) {
            assertThat(handle(message, PORT, 0)).isEqualTo(Outcome.UNAUTHENTICATED);
        }
        assertThat(claimed).isEmpty();
        assertThat(reply.length()).isZero();
    }

    @Test
    void aCheckCaughtOnItsWayAndRepeatedFromElsewhereMovesNothing() {
        byte[] caught = check(true);
        handle(caught, PORT, 0);
        assertThat(handle(caught, 666, 0)).isEqualTo(Outcome.UNAUTHENTICATED);
        assertThat(handle(caught, PORT, 0)).as("a repetition by its sender").isEqualTo(Outcome.VALID);
        assertThat(agent.selectedPort()).isEqualTo(PORT);
        assertThat(claimed).containsExactly(PORT);
    }

    @Test
    void anAddressOfAnotherEndpointIsNotTaken() {
        refusedPorts.add(7);
        assertThat(handle(check(true), 7, 0)).isEqualTo(Outcome.ADDRESS_TAKEN);
        assertThat(agent.hasPath()).isFalse();
    }

    @Test
    void pathsWithoutChecksAreForgottenAndConsentEnds() {
        handle(check(true), 1, 0);
        handle(check(false), 2, 20 * SECOND);
        agent.tick(31 * SECOND);
        assertThat(claimed).containsExactly(2);
        assertThat(agent.isNominated()).isFalse();
        assertThat(agent.hasPath()).isTrue();
        agent.tick(51 * SECOND);
        assertThat(claimed).isEmpty();
    }

    @Test
    void manyAddressesPushOutTheStalestButNeverTheNominatedOne() {
        handle(check(true), 1, 0);
        for (int port = 2; port < 1000; port++) {
            handle(check(false), port, port);
        }
        assertThat(claimed).hasSize(IceAgent.MOST_PATHS).contains(1, 999);
        assertThat(agent.selectedPort()).isEqualTo(1);
        agent.close();
        assertThat(claimed).isEmpty();
    }

    private byte[] check(String fragment, String password, boolean nominate) {
        return StunMessages.check(transaction(), fragment + ":h6vY", password, nominate);
    }

    private static final String NEXT = "ijklMNOP";
    private static final String NEXT_PASSWORD = "the password of the restart";

    @Test
    void duringARestartBothCredentialsCountAndOnlyANominationByTheNewOnesEndsTheOldOnes() {
        handle(check(true), 1, 0);
        assertThat(agent.restart(NEXT, NEXT_PASSWORD, SECOND)).isOne();
        assertThat(handle(check(NEXT, NEXT_PASSWORD, false), 2, SECOND)).isEqualTo(Outcome.VALID);
        assertThat(handle(check(false), 1, SECOND)).isEqualTo(Outcome.VALID);
        assertThat(agent.selectedPort()).isEqualTo(1);
        assertThat(agent.generation()).isZero();
        assertThat(handle(check(true), 3, SECOND))
                .as("the old ones still nominate")
                .isEqualTo(Outcome.MOVED);
        assertThat(handle(check(NEXT, NEXT_PASSWORD, true), 2, 2 * SECOND)).isEqualTo(Outcome.MOVED);
        assertThat(agent.selectedPort()).isEqualTo(2);
        assertThat(agent.generation()).isOne();
        assertThat(agent.nextGeneration()).isNegative();
        assertThat(retired).isEmpty();
    }

    @Test
    void lateChecksByTheOldCredentialsAreAnsweredButMoveNothingAndOpenNothing() {
        handle(check(true), 1, 0);
        agent.restart(NEXT, NEXT_PASSWORD, SECOND);
        handle(check(NEXT, NEXT_PASSWORD, true), 2, 2 * SECOND);
        assertThat(handle(check(true), 1, 3 * SECOND)).isEqualTo(Outcome.VALID);
        assertThat(agent.selectedPort()).isEqualTo(2);
        assertThat(handle(check(true), 4, 3 * SECOND)).isEqualTo(Outcome.UNAUTHENTICATED);
        agent.tick(2 * SECOND + IceAgent.LATE_CHECKS_NANOS);
        assertThat(retired).containsExactly(FRAGMENT);
        assertThat(handle(check(true), 1, 8 * SECOND)).isEqualTo(Outcome.UNAUTHENTICATED);
        assertThat(claimed).containsExactly(1, 2);
    }

    @Test
    void aRestartThatLeadsToNothingIsGivenUpAndCostsNothing() {
        handle(check(true), 1, 0);
        agent.restart(NEXT, NEXT_PASSWORD, SECOND);
        handle(check(NEXT, NEXT_PASSWORD, false), 2, SECOND);
        agent.tick(SECOND + IceAgent.RESTART_NANOS);
        assertThat(retired).containsExactly(NEXT);
        assertThat(handle(check(NEXT, NEXT_PASSWORD, true), 2, 22 * SECOND)).isEqualTo(Outcome.UNAUTHENTICATED);
        assertThat(handle(check(false), 1, 22 * SECOND)).isEqualTo(Outcome.VALID);
        assertThat(agent.selectedPort()).isEqualTo(1);
        assertThat(agent.restart("qrstUVWX", PASSWORD, 23 * SECOND)).isEqualTo(2);
    }

    @Test
    void aStormOfRestartsKeepsThreeCredentialsAtMost() {
        handle(check(true), 1, 0);
        for (int i = 0; i < 1_000; i++) {
            String fragment = "r%07d".formatted(i);
            agent.restart(fragment, NEXT_PASSWORD, i * SECOND);
            if (i % 3 == 0) {
                handle(check(fragment, NEXT_PASSWORD, true), 1, i * SECOND);
            }
            assertThat(1 + i + 1 - retired.size()).isLessThanOrEqualTo(3);
        }
        agent.close();
        assertThat(retired).hasSize(1_001).doesNotHaveDuplicates().contains(FRAGMENT);
        assertThat(claimed).isEmpty();
    }

    @Test
    void theClientsNewFragmentBelongsToTheRestartItAnswers() {
        agent.setRemoteFragment("h6vY");
        handle(check(true), 1, 0);
        agent.restart(NEXT, NEXT_PASSWORD, SECOND);
        agent.setRemoteFragment(1, "newer");
        agent.setRemoteFragment(7, "what?");
        assertThat(handle(check(NEXT, NEXT_PASSWORD, true), 1, SECOND)).isEqualTo(Outcome.UNAUTHENTICATED);
        assertThat(handle(StunMessages.check(transaction(), NEXT + ":newer", NEXT_PASSWORD, true), 1, SECOND))
                .isEqualTo(Outcome.VALID);
        assertThat(agent.generation()).isOne();
        agent.setRemoteFragment(0, "older");
        assertThat(handle(StunMessages.check(transaction(), NEXT + ":newer", NEXT_PASSWORD, true), 1, SECOND))
                .as("what is said of an older generation is of no interest")
                .isEqualTo(Outcome.VALID);
    }

    @Test
    void restartsWithinASecondAreTooMany() {
        assertThat(agent.canRestart()).isFalse();
        handle(check(true), 1, 0);
        assertThat(agent.canRestart()).isTrue();
        assertThat(agent.restartsTooOften(0)).as("the first").isFalse();
        agent.restart(NEXT, NEXT_PASSWORD, SECOND);
        assertThat(agent.restartsTooOften(2 * SECOND - 1)).isTrue();
        assertThat(agent.restartsTooOften(2 * SECOND)).isFalse();
    }

    static List<byte[]> malformed() {
        List<byte[]> messages = new ArrayList<>();
        byte[] good = StunMessages.check(new byte[12], USERNAME, PASSWORD, true);
        for (int length = 0; length < good.length; length++) {
            messages.add(java.util.Arrays.copyOf(good, length));
        }
        messages.add(java.util.Arrays.copyOf(good, good.length + 4));
        for (int at : new int[] {4, 22, good.length - 1}) {
            byte[] changed = good.clone();
            changed[at] ^= 0x10;
            messages.add(changed);
        }
        messages.add(StunMessages.request(new byte[12]).end());
        messages.add(StunMessages.request(new byte[12])
                .username(USERNAME)
                .integrity(PASSWORD)
                .end());
        messages.add(
                StunMessages.request(new byte[12]).username("x".repeat(600)).fingerprint());
        messages.add(StunMessages.request(new byte[12])
                .attribute(0x0008, new byte[4])
                .fingerprint());
        messages.add(StunMessages.request(new byte[12])
                .attribute(0x8022, new byte[65_000])
                .end());
        messages.add(StunMessages.request(new byte[12])
                .attribute(0x8028, new byte[4])
                .username(USERNAME)
                .fingerprint());
        return messages;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsCutOrLiesIsNotARequest(byte[] message) {
        byte[] shifted = new byte[message.length + 5];
        System.arraycopy(message, 0, shifted, 5, message.length);
        assertThat(request.read(shifted, 5, message.length)).isNotEqualTo(Verdict.REQUEST);
    }

    @Test
    void responsesAndIndicationsAreNotRequests() {
        for (int type : new int[] {0x0101, 0x0111, 0x0011, 0x0003}) {
            byte[] message = StunMessages.message(type, new byte[12]).fingerprint();
            assertThat(request.read(message, 0, message.length)).isEqualTo(Verdict.OTHER);
        }
    }

    @Test
    void fragmentsAreLookedUpByTheirPackedForm() {
        byte[] message = check(false);
        request.read(message, 0, message.length);
        assertThat(request.localFragment()).isEqualTo(UserFragment.pack(FRAGMENT));
        for (String username : List.of("", "abcdEFGH", "abcdEFG:h6vYx", "h6vY:abcdEFGH", "\u00e4\u00f6\u00fc")) {
            byte[] other = StunMessages.check(transaction(), username, PASSWORD, false);
            request.read(other, 0, other.length);
            assertThat(request.localFragment()).isNotEqualTo(UserFragment.pack(FRAGMENT));
        }
    }
}
