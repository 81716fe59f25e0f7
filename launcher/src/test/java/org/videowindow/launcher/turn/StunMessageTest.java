package org.videowindow.launcher.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** With the messages of RFC 5769. */
class StunMessageTest {
    private static final byte[] RESPONSE = HexFormat.of()
            .parseHex("0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147"
                    + "e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");

    private static final byte[] LONG_TERM_REQUEST = HexFormat.of()
            .parseHex("000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b90000"
                    + "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f7267"
                    + "0000080014f67024656dd64a3e02b8e0712e85c9a28ca89666");

    @Test
    void theResponseOfSection22IsRead() {
        StunMessage response = StunMessage.read(RESPONSE).orElseThrow();
        assertThat(response.method()).isEqualTo(StunMessage.BINDING);
        assertThat(response.isSuccess()).isTrue();
        assertThat(response.transaction()).isEqualTo("b7e7a701bc34d686fa87dfae");
        assertThat(response.text(StunMessage.SOFTWARE)).contains("test vector");
        assertThat(response.address(StunMessage.XOR_MAPPED_ADDRESS))
                .contains(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(response.isSignedWith("VOkJxbRl1RmTxUk/WvJxBt".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(response.isSignedWith("VOkJxbRl1RmTxUk/WvJxBT".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void theRequestOfSection24IsSignedWithTheLongTermKey() throws Exception {
        StunMessage request = StunMessage.read(LONG_TERM_REQUEST).orElseThrow();
        byte[] key = MessageDigest.getInstance("MD5")
                .digest("マトリックス:example.org:TheMatrIX".getBytes(StandardCharsets.UTF_8));
        assertThat(request.text(StunMessage.REALM)).contains("example.org");
        assertThat(request.isSignedWith(key)).isTrue();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        byte[] key = {1, 2, 3};
        StunRequest request = StunRequest.request(StunMessage.CHANNEL_BIND)
                .with(StunMessage.SOFTWARE, "five!")
                .with(StunMessage.LIFETIME, 77)
                .with(StunMessage.XOR_PEER_ADDRESS, new InetSocketAddress("2001:db8::7", 4242));
        StunMessage read = StunMessage.read(request.signed(key)).orElseThrow();
        assertThat(read.method()).isEqualTo(StunMessage.CHANNEL_BIND);
        assertThat(read.isSuccess() || read.isError() || read.isIndication()).isFalse();
        assertThat(read.transaction()).isEqualTo(request.transaction());
        assertThat(read.text(StunMessage.SOFTWARE)).contains("five!");
        assertThat(read.number(StunMessage.LIFETIME)).contains(77);
        assertThat(read.address(StunMessage.XOR_PEER_ADDRESS)).contains(new InetSocketAddress("2001:db8::7", 4242));
        assertThat(read.isSignedWith(key)).isTrue();
    }

    @Test
    void strangeBytesAreNoMessageOrAMessageButNeverAnError() {
        Random random = new Random(5769);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(RESPONSE, random.nextInt(RESPONSE.length + 1));
            for (int i = 0; i < 3 && bytes.length > 0; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            StunMessage.read(bytes).ifPresent(message -> {
                message.errorCode();
                message.errorReason();
                message.address(StunMessage.XOR_MAPPED_ADDRESS);
                message.isSignedWith(new byte[] {1});
            });
        }
    }
}
