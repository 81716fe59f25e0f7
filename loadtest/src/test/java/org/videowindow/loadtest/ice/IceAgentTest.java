package org.videowindow.loadtest.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.loadtest.ice.IceAgent.Candidate;

class IceAgentTest {
    private static final Candidate LEFT = new Candidate(0x7f000001, 1000);
    private static final Candidate RIGHT = new Candidate(0x7f000002, 2000);

    /** RFC 5769 section 2.1: a request by another implementation. */
    @Test
    void theRequestOfRfc5769IsAuthentic() {
        byte[] request = HexFormat.of()
                .parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
                        + "802200105354554e207465737420636c69656e74"
                        + "002400046e0001ff"
                        + "80290008932ff9b151263b36"
                        + "000600096576746a3a68367659202020"
                        + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                        + "80280004e57a3bcf");

        StunMessage message = StunMessage.parse(request).orElseThrow();

        assertThat(message.isAuthentic("VOkJxbRl1RmTxUk/WvJxBt")).isTrue();
        assertThat(message.isAuthentic("VOkJxbRl1RmTxUk/WvJxBu")).isFalse();
        assertThat(message.tieBreaker(StunMessage.CONTROLLED)).isEqualTo(0x932ff9b151263b36L);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "true,true", "false,false"})
    void twoAgentsFindEachOtherWhateverTheirRoles(boolean left, boolean right) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            IceAgent one = new IceAgent("left", "password-of-the-left-one", left, random);
            IceAgent other = new IceAgent("right", "password-of-the-right-one", right, random);
            one.remote(new IceAgent.Remote("right", "password-of-the-right-one", List.of(RIGHT)));
            other.remote(new IceAgent.Remote("left", "password-of-the-left-one", List.of(LEFT)));
            Queue<Runnable> wire = new ArrayDeque<>();
            IceAgent.Output[] out = new IceAgent.Output[2];
            long[] now = {0};
            out[0] = (to, message) -> wire.add(() -> other.receive(message, LEFT, now[0], out[1]));
            out[1] = (to, message) -> wire.add(() -> one.receive(message, RIGHT, now[0], out[0]));
            for (int step = 0; step < 20; step++) {
                now[0] += 60_000_000L;
                one.tick(now[0], out[0]);
                other.tick(now[0], out[1]);
                while (!wire.isEmpty()) {
                    wire.remove().run();
                }
            }

            assertThat(one.selected()).as("seed %d", seed).isEqualTo(RIGHT);
            assertThat(other.selected()).as("seed %d", seed).isEqualTo(LEFT);
        }
    }

    @Test
    void rubbishIsIgnored() {
        IceAgent agent = new IceAgent("left", "password", true, new Random(1));
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            byte[] rubbish = new byte[random.nextInt(120)];
            random.nextBytes(rubbish);
            if (rubbish.length > 20 && random.nextBoolean()) {
                rubbish[0] = 0;
                rubbish[1] = 1;
                rubbish[2] = 0;
                rubbish[3] = (byte) (rubbish.length - 20);
                System.arraycopy(HexFormat.of().parseHex("2112a442"), 0, rubbish, 4, 4);
            }
            agent.receive(rubbish, LEFT, i, (to, message) -> {
                throw new AssertionError("answered rubbish");
            });
        }
        assertThat(agent.selected()).isNull();
    }
}
