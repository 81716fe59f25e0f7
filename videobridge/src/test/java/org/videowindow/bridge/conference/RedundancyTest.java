package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.rtp.Packets;

/** Sound with redundant blocks (RFC 2198) reaches each receiver as it agreed to. */
class RedundancyTest {
    private static final int NEWEST = 60;

    private CallLab lab;
    private LabClient a;
    private LabClient agreed;
    private LabClient plain;
    private int sequence = 300;

    @BeforeEach
    void aCallOfThree() throws Exception {
        lab = new CallLab(1);
        a = lab.add("aaaa1111", Offers.withRedundancy()).silent();
        lab.conference().setSources("aaaa1111", List.of(Offers.audio("aaaa1111", a.audioSsrc())), lab.now());
        agreed = lab.add("bbbb2222", Offers.withRedundancy()).silent();
        plain = lab.add("cccc3333").silent();
        lab.runMillis(1_000);
    }

    /** Sends a packet with these block headers, some redundant bytes and the newest sound. */
    private byte[] send(String headers, int redundantBytes) {
        byte[] head = Packets.hex(headers);
        byte[] newest = new byte[NEWEST];
        // The clients look for the SSRC at 20, with and without what is before it.
        ByteBuffer.wrap(newest).putInt(20, a.audioSsrc()).putInt(20 - head.length - redundantBytes, a.audioSsrc());
        byte[] payload = ByteBuffer.allocate(head.length + redundantBytes + NEWEST)
                .put(head)
                .put(new byte[redundantBytes])
                .put(newest)
                .array();
        a.sendRtp(MediaPackets.rtp(
                MediaKind.AUDIO, Offers.RED, a.audioSsrc(), sequence, sequence * 960, sequence, payload));
        sequence++;
        lab.runMillis(60);
        return newest;
    }

    @Test
    void redundancyReachesWhoAgreedToItAndTheOthersGetTheNewestSound() {
        for (int i = 0; i < 20; i++) {
            byte[] newest = send("ef0f0008 6f", 8);
            assertThat(agreed.newestType(a.audioSsrc())).isEqualTo(Offers.RED);
            assertThat(agreed.newestPayload(a.audioSsrc())).hasSize(5 + 8 + NEWEST);
            assertThat(plain.newestType(a.audioSsrc())).isEqualTo(Offers.OPUS);
            assertThat(plain.newestPayload(a.audioSsrc())).isEqualTo(newest);
        }
        assertThat(agreed.packets(a.audioSsrc())).hasSize(20);
        assertThat(plain.packets(a.audioSsrc())).hasSize(20);
        assertThat(plain.missing(a.audioSsrc(), 0)).isZero();
        assertThat(lab.drops()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a block longer than the packet, ef0f03ff 6f",
        "blocks longer than the packet together, ef0f0040 ef0f0040 6f",
        "pictures as the newest block, 64",
        "redundancy inside redundancy, 70",
        "a payload type that nobody was offered, 05",
    })
    void whatLiesIsKeptFromWhoWouldHaveToTrustIt(String name, String headers) {
        send("ef0f0008 6f", 8);
        send(headers, 8);
        assertThat(agreed.packets(a.audioSsrc())).as(name).hasSize(2);
        assertThat(plain.packets(a.audioSsrc())).hasSize(1);
        assertThat(lab.count(Counter.DROPPED_REDUNDANCY)).isEqualTo(1);
        send("ef0f0008 6f", 8);
        assertThat(plain.packets(a.audioSsrc())).hasSize(2);
    }
}
