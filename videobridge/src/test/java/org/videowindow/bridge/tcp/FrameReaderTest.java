package org.videowindow.bridge.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final String HELLO = "8046010301002d000000100100800300800700c006004002008004008000000400feff00000a"
            + "00fefe0000090000640000620000030000061f170ca62f0078fc46552eb18339f1ea";

    /** Feeds bytes in pieces of random size, as TCP does, and notes what comes out. */
    private static List<String> read(byte[] stream, Random random) {
        FrameReader reader = new FrameReader();
        ByteBuffer in = ByteBuffer.allocate(2 * FrameReader.BUFFER);
        List<String> out = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int piece = Math.min(Math.min(1 + random.nextInt(900), stream.length - at), in.remaining());
            assertThat(piece).as("room for more").isPositive();
            in.put(stream, at, piece).flip();
            at += piece;
            for (FrameReader.Next next; (next = reader.next(in)) != FrameReader.Next.NOTHING; ) {
                if (next == FrameReader.Next.BROKEN) {
                    out.add("broken");
                    return out;
                }
                out.add(
                        next == FrameReader.Next.HELLO
                                ? "hello"
                                : HexFormat.of()
                                        .formatHex(in.array(), reader.offset(), reader.offset() + reader.length()));
            }
            in.compact();
        }
        return out;
    }

    private static List<String> read(String hex) {
        return read(HexFormat.of().parseHex(hex), new Random(1));
    }

    @Test
    void packetsComeOutWholeHoweverTheyAreCut() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            List<String> packets = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] packet = new byte[1 + random.nextInt(FrameReader.LONGEST)];
                random.nextBytes(packet);
                packets.add(HexFormat.of().formatHex(packet));
                stream.write(packet.length >> 8);
                stream.write(packet.length);
                stream.writeBytes(packet);
            }
            assertThat(read(stream.toByteArray(), random)).as("seed %d", seed).isEqualTo(packets);
        }
    }

    @Test
    void theLookOfTlsIsRecognisedAtTheBeginningOnly() {
        assertThat(HELLO).hasSize(2 * PseudoTls.CLIENT_HELLO_LENGTH).hasSize(144);
        assertThat(read(HELLO + "0001aa")).containsExactly("hello", "aa");
        assertThat(read(HELLO.substring(0, 100))).isEmpty();
        assertThat(read(HELLO + HELLO)).containsExactly("hello", "broken");
        assertThat(read("0001aa" + HELLO)).containsExactly("aa", "broken");
        assertThat(read(HELLO.substring(0, 142) + "00")).containsExactly("broken");
    }

    @Test
    void whatIsTooLongBreaksAndWhatIsEmptyIsPassedOver() {
        assertThat(read("0801")).containsExactly("broken");
        assertThat(read("ffff")).containsExactly("broken");
        assertThat(read("1603010200")).as("TLS").containsExactly("broken");
        assertThat(read("474554202f20")).as("HTTP").containsExactly("broken");
        assertThat(read("0000000000000002abcd0000")).containsExactly("abcd");
        assertThat(read("00")).isEmpty();
    }

    @Test
    void theAnswerToTheLookOfTlsIsTheOneThatBrowsersCompare() {
        byte[] hello = PseudoTls.serverHello();
        assertThat(hello)
                .hasSize(79)
                .startsWith(0x16, 3, 1, 0, 0x4a, 2, 0, 0, 0x46, 3, 1)
                .endsWith(0, 4, 0);
        assertThat(Arrays.hashCode(hello)).isEqualTo(Arrays.hashCode(PseudoTls.serverHello()));
    }
}
