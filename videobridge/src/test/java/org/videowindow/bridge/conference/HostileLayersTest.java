package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures whose payload and dependency descriptor are any bytes, among good ones of the same stream: the receiver sees
 * no gap, and the good ones go on.
 */
class HostileLayersTest {
    private static final String A = "aaaa1111";
    private static final int DESCRIPTOR = 11;
    private static final int PAYLOAD = 600;
    private static final int VP9 = 101;
    private static final int AV1 = 41;
    private static final int H264 = 107;

    private static EndpointSettings everyCodec() {
        List<PayloadType> types = new ArrayList<>(Offers.standard().payloadTypes());
        Map.of(VP9, "VP9", AV1, "AV1", H264, "H264")
                .forEach((id, name) ->
                        types.add(new PayloadType(MediaKind.VIDEO, id, name, 90_000, Map.of(), Set.of("nack pli"))));
        List<HeaderExtension> extensions = new ArrayList<>(Offers.standard().extensions());
        extensions.add(new HeaderExtension(MediaKind.VIDEO, DESCRIPTOR, HeaderExtension.DEPENDENCY_DESCRIPTOR));
        return new EndpointSettings(types, extensions);
    }

    @ParameterizedTest
    @CsvSource({"100, false", "101, false", "41, false", "107, false", "100, true", "101, true", "41, true", "107, true"
    })
    void anyBytesLeaveNoGapAtTheReceiver(int payloadType, boolean described) throws Exception {
        long seed = payloadType * 2L + (described ? 1 : 0);
        Random random = new Random(seed);
        CallLab lab = new CallLab(seed);
        LabClient a = lab.add(A, everyCodec());
        lab.conference().setSources(A, Offers.camera(A, a.audioSsrc()), lab.now());
        LabClient b = lab.add("bbbb2222", everyCodec()).silent();
        lab.runMillis(1_000);
        for (int i = 0; i < 1_000; i++) {
            byte[] packet = a.nextVideoPacket(random.nextInt(8) == 0, true, lab.now());
            packet[1] = (byte) (payloadType | (random.nextBoolean() ? 0x80 : 0));
            byte[] start = new byte[random.nextInt(12)];
            random.nextBytes(start);
            System.arraycopy(start, 0, packet, packet.length - PAYLOAD, start.length);
            a.sendRtp(described ? withDescriptor(packet, random) : packet);
            lab.runMillis(2 + random.nextInt(3));
        }
        lab.runMillis(1_000);
        int before = b.packets(a.videoSsrc()).size();
        lab.runMillis(1_000);
        assertThat(b.packets(a.videoSsrc())).as("seed " + seed).hasSizeGreaterThan(before + 90);
        assertThat(b.missing(a.videoSsrc(), 0)).as("seed " + seed).isZero();
        assertThat(lab.count(Counter.WORKER_FAULTS)).isZero();
    }

    /** The packet with a descriptor of any bytes in place of its other extensions. */
    private static byte[] withDescriptor(byte[] packet, Random random) {
        byte[] descriptor = new byte[1 + random.nextInt(16)];
        random.nextBytes(descriptor);
        int words = (1 + descriptor.length + 3) / 4;
        ByteBuffer out = ByteBuffer.allocate(16 + words * 4 + PAYLOAD);
        out.put(packet, 0, 14).putShort((short) words);
        out.put((byte) (DESCRIPTOR << 4 | (descriptor.length - 1))).put(descriptor);
        return out.position(16 + words * 4)
                .put(packet, packet.length - PAYLOAD, PAYLOAD)
                .array();
    }
}
