package org.videowindow.bridge.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.videowindow.bridge.rtp.Packets.OFFSET;
import static org.videowindow.bridge.rtp.Packets.hex;
import static org.videowindow.bridge.rtp.Packets.shifted;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.rtcp.RtcpCompound.Kind;

class RtcpCompoundTest {
    private final RtcpCompound compound = new RtcpCompound();
    private final byte[] out = new byte[2048];

    private boolean wrap(String text) {
        byte[] bytes = hex(text);
        return compound.wrap(shifted(bytes), OFFSET, bytes.length);
    }

    private List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        while (compound.next()) {
            kinds.add(compound.kind());
        }
        return kinds;
    }

    @Test
    void walksOverEverythingTheWritersWrite() {
        int at = OFFSET;
        at += SenderReport.write(out, at, 1, 0x0102030405060708L, 9, 10, 11);
        ReportBlock.write(out, ReceiverReport.blockOffset(at, 0), 5, 64, -3, 0x10002, 77, 0xAABBCCDD, 65536);
        at += ReceiverReport.write(out, at, 2, 1);
        at += SourceDescription.write(out, at, 3, "bridge".getBytes(StandardCharsets.UTF_8));
        at += PictureLoss.write(out, at, 4, 40);
        at += FullIntraRequest.write(out, at, 5, 50, 7);
        at += Nack.write(out, at, 6, 60, new int[] {65_534, 65_535, 3, 14, 100}, 5);
        at += Bye.write(out, at, 8);
        assertThat(compound.wrap(out, OFFSET, at - OFFSET)).isTrue();

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.SENDER_REPORT);
        assertThat(compound.senderSsrc()).isEqualTo(1);
        assertThat(SenderReport.ntp(out, compound.offset())).isEqualTo(0x0102030405060708L);
        assertThat(SenderReport.compactNtp(0x0102030405060708L)).isEqualTo(0x03040506);
        assertThat(SenderReport.rtpTimestamp(out, compound.offset())).isEqualTo(9);
        assertThat(SenderReport.packetCount(out, compound.offset())).isEqualTo(10);
        assertThat(SenderReport.octetCount(out, compound.offset())).isEqualTo(11);

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.RECEIVER_REPORT);
        int block = ReceiverReport.blockOffset(compound.offset(), 0);
        assertThat(ReportBlock.ssrc(out, block)).isEqualTo(5);
        assertThat(ReportBlock.fractionLost(out, block)).isEqualTo(64);
        assertThat(ReportBlock.cumulativeLost(out, block)).isEqualTo(-3);
        assertThat(ReportBlock.highestSequence(out, block)).isEqualTo(0x10002);
        assertThat(ReportBlock.jitter(out, block)).isEqualTo(77);
        assertThat(ReportBlock.roundTrip(out, block, 0xAABBCCDD + 65536 + 3277)).isEqualTo(3277);
        assertThat(ReportBlock.roundTrip(out, block, 0xAABBCCDD)).isEqualTo(-1);

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.SOURCE_DESCRIPTION);
        assertThat(compound.length()).isEqualTo(SourceDescription.bytes(6));

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.PICTURE_LOSS);
        assertThat(compound.mediaSsrc()).isEqualTo(40);

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.FULL_INTRA_REQUEST);
        assertThat(FullIntraRequest.entries(compound.length())).isEqualTo(1);
        assertThat(FullIntraRequest.ssrc(out, compound.offset(), 0)).isEqualTo(50);
        assertThat(FullIntraRequest.number(out, compound.offset(), 0)).isEqualTo(7);

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.NACK);
        assertThat(lost()).containsExactly(65_534, 65_535, 3, 14, 100);
        assertThat(Nack.entries(compound.length()))
                .as("65534 to 14 share an entry")
                .isEqualTo(2);

        assertThat(compound.next()).isTrue();
        assertThat(compound.kind()).isEqualTo(Kind.BYE);
        assertThat(Bye.ssrc(out, compound.offset(), 0)).isEqualTo(8);
        assertThat(compound.next()).isFalse();
    }

    private List<Integer> lost() {
        List<Integer> lost = new ArrayList<>();
        for (int entry = 0; entry < Nack.entries(compound.length()); entry++) {
            for (int position = 0; position <= 16; position++) {
                int number = Nack.lost(compound.buffer(), compound.offset(), entry, position);
                if (number >= 0) {
                    lost.add(number);
                }
            }
        }
        return lost;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "three bytes, 80c900",
        "version 1, 40c90001 00000001",
        "length beyond the end, 80c90002 00000001",
        "length 65535, 80c9ffff 00000001",
        "second packet cut off, 80c90001 00000001 81ce0002 00000001",
        "three bytes left over, 80c90001 00000001 81ce00",
        "rubbish behind, 80c90001 00000001 00000000",
        "padding count 0, a0c90002 00000001 00000000",
        "padding beyond the packet, a0c90002 00000001 00000009",
        "padding over the header, a0c90000",
    })
    void refusesChainsThatLie(String why, String text) {
        assertThat(wrap(text)).as(why).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "receiver report without its blocks, 81c90001 00000001, OTHER",
        "sender report cut off, 80c80005 00000001 00000000 00000000 00000000 00000000, OTHER",
        "sender report with 31 blocks promised, 9fc80006 00000001 00000000 00000000 00000000 00000000 00000000, OTHER",
        "goodbye without its source, 81cb0000, OTHER",
        "goodbye of nobody, 80cb0000, BYE",
        "feedback without media source, 81ce0001 00000001, OTHER",
        "nack without entries, 81cd0002 00000001 00000002, NACK",
        "fir without entries, 84ce0002 00000001 00000002, FULL_INTRA_REQUEST",
        "remb without its name, 8fce0004 00000001 00000000 52454d43 00000000, OTHER",
        "remb with more sources than bytes, 8fce0005 00000001 00000000 52454d42 ff000000 00000005, OTHER",
        "remb, 8fce0005 00000001 00000000 52454d42 01000000 00000005, RECEIVER_ESTIMATED_MAXIMUM_BITRATE",
        "twcc too short, 8fcd0003 00000001 00000002 00000000, OTHER",
        "unknown feedback format, 9fcd0002 00000001 00000002, OTHER",
        "extended report, 80cf0001 00000001, OTHER",
        "unknown type, 80d10000, OTHER",
    })
    void aPacketTooShortForWhatItSaysIsSkipped(String why, String text, Kind kind) {
        assertThat(wrap(text + "80c90001 00000001")).as(why).isTrue();
        assertThat(kinds()).containsExactly(kind, Kind.RECEIVER_REPORT);
    }

    @Test
    void paddingIsTakenOffInAnyPacketAndOfAnySize() {
        assertThat(wrap("a1cd0003 00000001 00000002 00050001" + "a1cd0003 00000001 00000002 00000004"))
                .isTrue();
        assertThat(compound.next()).isTrue();
        assertThat(compound.length()).isEqualTo(15);
        assertThat(Nack.entries(compound.length())).isZero();
        assertThat(compound.next()).isTrue();
        assertThat(compound.length()).isEqualTo(12);
        assertThat(compound.kind()).isEqualTo(Kind.NACK);
    }

    @ParameterizedTest
    @CsvSource({"000000, 0", "03ffff, 262143", "0406b2, 3428", "ffffff, 9223372036854775807", "fc0000, 0"})
    void rembBitRates(String word, long rate) {
        assertThat(wrap("8fce0005 00000001 00000000 52454d42 01" + word + "00000005"))
                .isTrue();
        assertThat(compound.next()).isTrue();
        assertThat(Remb.bitsPerSecond(compound.buffer(), compound.offset())).isEqualTo(rate);
        assertThat(Remb.sources(compound.buffer(), compound.offset())).isEqualTo(1);
        assertThat(Remb.ssrc(compound.buffer(), compound.offset(), 0)).isEqualTo(5);
    }

    @Test
    void ntpTimeOf1970AndOfHalfASecondLater() {
        assertThat(SenderReport.toNtp(0) >>> 32).isEqualTo(2_208_988_800L);
        assertThat(SenderReport.toNtp(500) & 0xFFFF_FFFFL).isEqualTo(0x8000_0000L);
        assertThat(SenderReport.toNtp(-500) & 0xFFFF_FFFFL).isEqualTo(0x8000_0000L);
    }

    @Test
    void rtcpIsToldFromRtpByItsSecondByte() {
        for (int type = 0; type < 256; type++) {
            assertThat(RtcpHeader.isRtcp(new byte[] {0, (byte) 0x80, (byte) type}, 1, 2))
                    .isEqualTo(type >= 192 && type <= 223);
        }
        assertThat(RtcpHeader.isRtcp(new byte[] {(byte) 0x80}, 0, 1)).isFalse();
    }

    @Test
    void aNackOf17000PacketsIsReadWithinItsBytes() {
        int[] many = new int[1000];
        for (int i = 0; i < many.length; i++) {
            many[i] = (i * 17) & 0xFFFF;
        }
        byte[] big = new byte[Nack.maxBytes(1000)];
        int length = Nack.write(big, 0, 1, 2, many, 1000);
        assertThat(length).isEqualTo(big.length);
        assertThat(compound.wrap(big, 0, length)).isTrue();
        assertThat(compound.next()).isTrue();
        assertThat(lost()).hasSize(1000);
    }
}
