package org.videowindow.bridge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PcapFormatTest {
    private static final InetSocketAddress BRIDGE = address("192.0.2.1", 10_000);
    private static final InetSocketAddress CLIENT = address("198.51.100.7", 50_000);
    private static final InetSocketAddress NEW_CLIENT = address("2001:db8::7", 50_001);

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    @Test
    void aFileBeginsWithNanosecondsAndRawIp() {
        assertThat(HexFormat.of().formatHex(PcapFormat.fileHeader()))
                .isEqualTo("a1b23c4d" + "0002" + "0004" + "00000000" + "00000000" + "0000ffff" + "00000065");
    }

    @Test
    void aRecordIsAnIpv4PacketWithAValidHeaderChecksum() {
        byte[] record =
                PcapFormat.record(Instant.ofEpochSecond(1_700_000_000, 5), CLIENT, BRIDGE, new byte[] {1, 2, 3}, 1_200);
        ByteBuffer in = ByteBuffer.wrap(record);
        assertThat(in.getInt()).isEqualTo(1_700_000_000);
        assertThat(in.getInt()).isEqualTo(5);
        assertThat(in.getInt()).as("kept").isEqualTo(20 + 8 + 3);
        assertThat(in.getInt()).as("was").isEqualTo(20 + 8 + 1_200);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += in.getShort(16 + i) & 0xffff;
        }
        assertThat((sum & 0xffff) + (sum >>> 16)).isEqualTo(0xffff);
        assertThat(HexFormat.of().formatHex(record, 16 + 12, record.length))
                .isEqualTo("c6336407" + "c0000201" + "c350" + "2710" + "04b8" + "0000" + "010203");
    }

    @Test
    void betweenTheFamiliesAnIpv4AddressIsWrittenAsAMappedOne() {
        byte[] record = PcapFormat.record(Instant.EPOCH, BRIDGE, NEW_CLIENT, new byte[] {9}, 1);
        assertThat(HexFormat.of().formatHex(record, 16, record.length))
                .isEqualTo("60000000" + "0009" + "11" + "40" + "00000000000000000000ffffc0000201"
                        + "20010db8000000000000000000000007" + "2710" + "c351" + "0009" + "0000" + "09");
    }
}
