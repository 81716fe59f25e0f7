package org.videowindow.bridge.tcp;

import java.util.HexFormat;

/**
 * What "ssltcp" is: the client begins with one fixed message that looks like the ClientHello of an old TLS, waits for one
 * fixed message that looks like the answer, and both then go on as if nothing had been said. It hides nothing and proves
 * nothing; some firewalls want to see it. The two messages are constants of the protocol, known to all browsers.
 */
final class PseudoTls {
    private static final HexFormat HEX = HexFormat.of();

    /** A ClientHello in the record format of SSL 2 with 15 ciphers and a challenge. */
    private static final byte[] CLIENT_HELLO = HEX.parseHex("8046" + "01" + "0301" + "002d" + "0000" + "0010"
            + "010080" + "030080" + "0700c0" + "060040" + "020080" + "040080" + "000004" + "00feff" + "00000a"
            + "00fefe" + "000009" + "000064" + "000062" + "000003" + "000006"
            + "1f170ca62f0078fc46552eb18339f1ea");

    /** A ServerHello of TLS 1.0 with a session id, RC4 and no compression. */
    private static final byte[] SERVER_HELLO = HEX.parseHex("16" + "0301" + "004a" + "02" + "000046" + "0301"
            + "428545a727a95da0b3c5e753da482b3fc65aca89c15852a1783c5b174600853f" + "20"
            + "0ed306725b5b1b5f15ac13f988539d9be83d7b0c30326e384da27557416c345c" + "0004" + "00");

    /** Bytes of the client's message. */
    static final int CLIENT_HELLO_LENGTH = CLIENT_HELLO.length;

    private PseudoTls() {}

    /** Whether a connection that begins with these two bytes is to begin with the message. */
    static boolean begins(byte first, byte second) {
        return first == CLIENT_HELLO[0] && second == CLIENT_HELLO[1];
    }

    /** Whether this is the client's message. */
    static boolean isClientHello(byte[] bytes, int offset) {
        for (int i = 0; i < CLIENT_HELLO.length; i++) {
            if (bytes[offset + i] != CLIENT_HELLO[i]) {
                return false;
            }
        }
        return true;
    }

    /** The answer. */
    static byte[] serverHello() {
        return SERVER_HELLO.clone();
    }
}
