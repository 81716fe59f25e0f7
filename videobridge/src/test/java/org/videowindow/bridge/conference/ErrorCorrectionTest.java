package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * Forward error correction among the packets of a picture (ULPFEC, RFC 5109) repairs by the sender's numbers: it reaches
 * whoever is sent the picture with those, as it is, and nobody else.
 */
class ErrorCorrectionTest {
    private static final String A = "aaaaaaaa";
    private static final String B = "bbbbbbbb";
    private static final String C = "cccccccc";
    private static final int ULPFEC = 117;

    private final CallLab lab = new CallLab(1);

    private LabClient join(String id) throws ConferenceException {
        List<PayloadType> types = new ArrayList<>(Offers.standard().payloadTypes());
        types.add(new PayloadType(MediaKind.VIDEO, ULPFEC, "ulpfec", 90_000, Map.of(), Set.of()));
        LabClient client =
                lab.add(id, new EndpointSettings(types, Offers.standard().extensions()));
        lab.conference().setSources(id, Offers.camera(id, client.audioSsrc()), lab.now());
        return client;
    }

    private void want(String receiver, int sources) {
        lab.conference()
                .setReceiverConstraints(
                        receiver,
                        new ReceiverConstraints(sources, List.of(), List.of(), VideoConstraint.UNLIMITED, Map.of()),
                        lab.now());
    }

    /** The payload of a packet that a client sends next. */
    private byte[] send(LabClient client, int payloadType, boolean key) {
        byte[] packet = client.nextVideoPacket(key, true, lab.now());
        packet[1] = (byte) payloadType;
        client.sendRtp(packet);
        lab.runMillis(60);
        return Arrays.copyOfRange(packet, RtpPacket.headerLength(packet, 0, packet.length), packet.length);
    }

    @Test
    void itPassesAsItIsUntilSomethingIsLeftOut() throws Exception {
        LabClient a = join(A);
        LabClient b = join(B).silent();
        LabClient c = join(C).silent();
        lab.runMillis(1_000);
        a.withoutVideo();
        int video = a.videoSsrc();
        for (int i = 0; i < 20; i++) {
            send(a, Offers.VP8, false);
            byte[] repair = send(a, ULPFEC, false);
            for (LabClient receiver : List.of(b, c)) {
                assertThat(receiver.newestType(video)).isEqualTo(ULPFEC);
                assertThat(receiver.newestPayload(video)).isEqualTo(repair);
            }
        }
        assertThat(lab.count(Counter.DROPPED_PROTECTION)).isZero();

        want(C, 0);
        lab.runMillis(200);
        send(a, Offers.VP8, false);
        want(C, -1);
        lab.runMillis(200);
        for (int i = 0; i < 20; i++) {
            byte[] picture = send(a, Offers.VP8, i == 0);
            byte[] repair = send(a, ULPFEC, false);
            assertThat(b.newestPayload(video)).isEqualTo(repair);
            assertThat(c.newestType(video)).isEqualTo(Offers.VP8);
            assertThat(c.newestPayload(video)).isEqualTo(picture);
        }
        assertThat(lab.count(Counter.DROPPED_PROTECTION))
                .as("once for one receiver")
                .isEqualTo(20);
        assertThat(b.missing(video, 0)).isZero();
        assertThat(c.missing(video, 0)).as("without a gap").isZero();
    }
}
