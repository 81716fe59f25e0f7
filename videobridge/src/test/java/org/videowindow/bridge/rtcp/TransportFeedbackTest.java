package org.videowindow.bridge.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportFeedbackTest {
    private final TransportFeedback feedback = new TransportFeedback();
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();

    private boolean wrap(String body) {
        byte[] bytes = hex(String.format("8fcd%04x 00000001 00000002 ", 2 + hex(body).length / 4) + body);
        return feedback.wrap(shifted(bytes), OFFSET, bytes.length);
    }

    private List<String> read() {
        List<String> read = new ArrayList<>();
        while (feedback.next()) {
            read.add(feedback.sequence() + (feedback.received() ? "@" + feedback.arrivalTicks() : "-"));
        }
        return read;
    }

    @Test
    void readsRunsAndBothKindsOfVector() {
        // 65534: run of 2 small; then one-bit vector with 14 symbols of which 1st and 3rd arrived; then two-bit with a
        // large negative delta.
        assertThat(wrap("fffe 0013 000001 07 2002 a800 d800 01 02 03 04 fffc 00 00"))
                .as("19 packets")
                .isTrue();
        List<String> read = read();
        assertThat(read).hasSize(19).startsWith("65534@257", "65535@259", "0@262", "1-", "2@266", "3-");
        assertThat(feedback.baseSequence()).isEqualTo(65534);
        assertThat(feedback.feedbackCount()).isEqualTo(7);
    }

    @Test
    void readsALargeAndANegativeDelta() {
        // Symbols 2, 2: chunk 11 10 10 0000000000; zeros fill the last word.
        assertThat(wrap("0001 0002 ffffff 00 e800 fffc 7fff 0000")).isTrue();
        assertThat(feedback.referenceTime()).isEqualTo(-1);
        assertThat(read()).containsExactly("1@-260", "2@32507");
        feedback.rewind();
        assertThat(read()).containsExactly("1@-260", "2@32507");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing reported, 0001 0000 000000 00",
        "no chunk, 0001 0001 000000 00",
        "reserved symbol in a run, 0001 0001 000000 00 6001 0000",
        "reserved symbol in a vector, 0001 0001 000000 00 f000 0000",
        "run of none, 0001 0001 000000 00 2000 0000",
        "chunks missing, 0001 0100 000000 00 bfff bfff",
        "deltas missing, 0001 0008 000000 00 2008 0102",
        "large deltas missing, 0001 0002 000000 00 4002 0102",
        "65535 packets in one chunk, 0001 ffff 000000 00 1fff 0000",
    })
    void refusesWhatLies(String why, String body) {
        assertThat(wrap(body)).as(why).isFalse();
    }

    @Test
    void aRunLongerThanThePacketsReportedIsCut() {
        assertThat(wrap("0001 0003 000000 00 3fff 01 01"))
                .as("the third delta is missing")
                .isFalse();
        assertThat(wrap("0001 0002 000000 00 3fff 01 01")).isTrue();
        assertThat(read()).containsExactly("1@1", "2@2");
        assertThat(wrap("0001 0005 000000 00 1fff 0000")).isTrue();
        assertThat(read()).containsExactly("1-", "2-", "3-", "4-", "5-");
    }

    @Test
    void whatTheWriterWritesTheViewReads() {
        Random random = new Random(77);
        byte[] out = new byte[4096];
        for (int round = 0; round < 2000; round++) {
            int base = random.nextInt(65536);
            long ticks = random.nextInt(1 << 24);
            writer.begin(base, ticks, 64 + random.nextInt(1200));
            int loss = random.nextInt(100);
            int spread = 1 << random.nextInt(16);
            List<String> expected = new ArrayList<>();
            boolean first = true;
            for (int i = 0; i < 1500; i++) {
                String next;
                boolean fits;
                if (i > 0 && random.nextInt(100) < loss) {
                    fits = writer.missing();
                    next = ((base + i) & 0xFFFF) + "-";
                } else {
                    long at = first ? ticks : ticks + random.nextInt(spread) - spread / 8;
                    fits = writer.received(at);
                    next = ((base + i) & 0xFFFF) + "@" + at;
                    if (fits) {
                        ticks = at;
                    }
                    first = false;
                }
                if (!fits) {
                    break;
                }
                expected.add(next);
            }
            int length = writer.finish(out, 4, 11, 22, round & 0xFF);
            assertThat(length % 4).isZero();
            RtcpCompound compound = new RtcpCompound();
            assertThat(compound.wrap(out, 4, length)).isTrue();
            assertThat(compound.next()).isTrue();
            assertThat(compound.kind()).isEqualTo(RtcpCompound.Kind.TRANSPORT_WIDE_FEEDBACK);
            assertThat(compound.mediaSsrc()).isEqualTo(22);
            assertThat(feedback.wrap(compound)).isTrue();
            assertThat(feedback.packets()).isEqualTo(expected.size()).isEqualTo(writer.packets());
            assertThat(read()).isEqualTo(expected);
        }
    }

    @Test
    void keepsToItsRoom() {
        Random random = new Random(8);
        byte[] out = new byte[2048];
        for (int room = 64; room < 1300; room++) {
            writer.begin(1, 0, room);
            long ticks = 0;
            boolean fits = true;
            while (fits) {
                ticks += random.nextInt(500);
                fits = random.nextInt(3) == 0 ? writer.missing() : writer.received(ticks);
            }
            assertThat(writer.finish(out, 0, 1, 2, 3)).isLessThanOrEqualTo(room).isGreaterThan(room / 2);
        }
    }
}
