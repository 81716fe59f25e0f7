package org.videowindow.bridge.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes: what is found as the newest block lies behind the headers and ends with the payload. */
class RedFuzzTest {
    private final Red red = new Red();

    @FuzzTest(maxDuration = "5s")
    void theNewestBlockLiesInsideThePayload(byte[] data) {
        byte[] shifted = new byte[data.length + 3];
        System.arraycopy(data, 0, shifted, 3, data.length);
        if (red.wrap(shifted, 3, data.length)
                && (red.offset() < 4 || red.length() < 1 || red.offset() + red.length() != shifted.length)) {
            throw new AssertionError(red.length() + " bytes at " + red.offset());
        }
    }
}
