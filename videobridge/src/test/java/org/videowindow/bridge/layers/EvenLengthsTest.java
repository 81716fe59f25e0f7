package org.videowindow.bridge.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.io.PeerTable;
import org.videowindow.bridge.io.TransmitArena;
import org.videowindow.bridge.rtp.RtpPacket;

class EvenLengthsTest {
    private static final int END = 1 << 20;
    private static final int HEADER = RtpPacket.FIXED_HEADER_BYTES;

    static Stream<Arguments> packets() {
        return Stream.of(
                Arguments.of("a frame of one packet", of(500 | END), of(500)),
                Arguments.of("shorter ones first", of(900, 900, 901, 901 | END), of(901, 901, 901, 901)),
                Arguments.of("all alike", of(900, 900, 900 | END), of(901, 901, 900)),
                Arguments.of("two frames", of(900, 901 | END, 400, 400, 401 | END), of(901, 901, 401, 401, 401)),
                Arguments.of(
                        "layers of their own lengths", of(300, 301, 700, 701, 701 | END), of(301, 301, 701, 701, 701)),
                Arguments.of("the end of a frame is lost", of(900, 901, 300, 301 | END), of(901, 901, 301, 301)),
                Arguments.of("nothing but a header", of(HEADER, HEADER), of(HEADER, HEADER)));
    }

    private static int[] of(int... lengths) {
        return lengths;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void packetsOfAFrameGetOneLength(String what, int[] received, int[] expected) {
        EvenLengths even = new EvenLengths();
        assertThat(Arrays.stream(received).map(one -> padded(even, one)).toArray())
                .as(what)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void aFrameIsOneMessage(String what, int[] received, int[] expected) {
        PeerTable peers = new PeerTable(1, 1);
        peers.add(0, 1, 1000);
        EvenLengths even = new EvenLengths();
        try (TransmitArena arena = new TransmitArena(1)) {
            for (int one : received) {
                int length = padded(even, one);
                arena.append(peers, 0, new byte[length], 0, length);
                if (one >= END && !what.startsWith("layers")) {
                    assertThat(arena.groups()).as(what).isEqualTo(what.startsWith("the end") ? 2 : 1);
                    arena.clear();
                }
            }
        }
    }

    private static int padded(EvenLengths even, int lengthAndEnd) {
        int length = lengthAndEnd & (END - 1);
        byte[] bytes = new byte[length + 1];
        Arrays.fill(bytes, HEADER, bytes.length, (byte) 0x5a);
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) (lengthAndEnd >= END ? 0x80 | 100 : 100);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, length)).isTrue();
        even.pad(packet);
        int padded = packet.length();
        assertThat(packet.wrap(bytes, 0, padded)).as("still a packet").isTrue();
        assertThat(packet.payloadLength()).as("the payload is the same").isEqualTo(length - HEADER);
        return padded;
    }

    @Test
    void whatIsPaddedAlreadyStaysAsItIs() {
        byte[] bytes = new byte[102];
        bytes[0] = (byte) 0xa0;
        bytes[99] = 3;
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, 100)).isTrue();
        new EvenLengths().pad(packet);
        assertThat(packet.length()).isEqualTo(100);
        assertThat(packet.paddingLength()).isEqualTo(3);
    }

    @Test
    void thereMayBeNoRoom() {
        byte[] bytes = new byte[100];
        bytes[0] = (byte) 0x80;
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, 100)).isTrue();
        new EvenLengths().pad(packet);
        assertThat(packet.length()).isEqualTo(100);
        assertThat(bytes[0]).isEqualTo((byte) 0x80);
    }
}
