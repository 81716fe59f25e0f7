package org.videowindow.bridge.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes: refused or readable, and the reader stays inside them. */
class H264FuzzTest {
    private final H264 h264 = new H264();
    private final PacketLayers layers = new PacketLayers();

    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        byte[] shifted = new byte[data.length + 3];
        System.arraycopy(data, 0, shifted, 3, data.length);
        if (h264.read(shifted, 3, data.length, layers)) {
            AnyLayers.known(layers);
        } else {
            AnyLayers.unknown(layers);
        }
    }
}
