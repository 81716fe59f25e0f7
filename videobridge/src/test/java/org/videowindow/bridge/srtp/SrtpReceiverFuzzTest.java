package org.videowindow.bridge.srtp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes from the network: refused with a status, never with an exception, and the session goes on. */
class SrtpReceiverFuzzTest {
    private static final byte[] KEY = new byte[16];

    @FuzzTest(maxDuration = "3s")
    void anyBytesAreRefused(byte[] data) {
        byte[] shifted = new byte[data.length + 4];
        System.arraycopy(data, 0, shifted, 4, data.length);
        byte[] out = new byte[data.length + 2];
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpReceiver receiver = new SrtpReceiver(profile, KEY, new byte[profile.saltBytes()]);
            int rtp = receiver.unprotect(shifted, 4, data.length, out, 2);
            int rtcp = receiver.unprotectRtcp(shifted, 4, data.length, out, 2);
            if (rtp >= 0 || rtcp >= 0) {
                throw new AssertionError("accepted without the key");
            }
            SrtpSender sender = new SrtpSender(profile, KEY, new byte[profile.saltBytes()]);
            byte[] sealed = new byte[data.length + 32];
            int length = sender.protect(shifted, 4, data.length, sealed, 1);
            if (length > 0 && receiver.unprotect(sealed, 1, length, out, 2) != data.length) {
                throw new AssertionError("what was sealed does not open");
            }
        }
    }
}
