package org.videowindow.bridge.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.zip.CRC32;

/** Any bytes as STUN: refused, or answered with less than was asked; never an exception. */
class StunFuzzTest {
    private static final String PASSWORD = "0123456789012345678901";

    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrAnswered(byte[] data) {
        byte[] shifted = new byte[data.length + 9];
        System.arraycopy(data, 0, shifted, 5, data.length);
        repair(shifted, 5, data.length);
        HmacSha1 hmac = new HmacSha1();
        StunRequest request = new StunRequest();
        StunReply reply = new StunReply(hmac);
        if (request.read(shifted, 5, data.length) != StunRequest.Verdict.REQUEST) {
            return;
        }
        request.localFragment();
        HmacSha1.Key key = new HmacSha1.Key(PASSWORD);
        request.isAuthentic(hmac, key);
        request.remoteFragmentIs(new byte[] {1, 2, 3, 4});
        reply.error(request, key, 420);
        reply.success(request, key, 1, 2, 3);
        if (reply.length() > 128) {
            throw new AssertionError("a reply of " + reply.length() + " bytes");
        }
    }

    /** Puts cookie, length and fingerprint right when there is room, so that the fuzzer gets behind them. */
    private static void repair(byte[] bytes, int at, int length) {
        if (length < 28 || length > 60_000 || (length & 3) != 0 || (bytes[at + 2] & 1) != 0) {
            return;
        }
        Stun.putU16(bytes, at, Stun.BINDING_REQUEST);
        Stun.putU16(bytes, at + 2, length - 20);
        Stun.putI32(bytes, at + 4, Stun.MAGIC_COOKIE);
        Stun.putU16(bytes, at + length - 8, Stun.FINGERPRINT);
        Stun.putU16(bytes, at + length - 6, 4);
        CRC32 crc = new CRC32();
        crc.update(bytes, at, length - 8);
        Stun.putI32(bytes, at + length - 4, (int) crc.getValue() ^ Stun.FINGERPRINT_XOR);
    }
}
