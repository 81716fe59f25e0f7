package org.videowindow.bridge.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes: refused or readable, and the reader stays inside them. */
class Av1FuzzTest {
    private final PacketLayers layers = new PacketLayers();

    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        byte[] shifted = new byte[data.length + 3];
        System.arraycopy(data, 0, shifted, 3, data.length);
        if (Av1.read(shifted, 3, data.length, layers)) {
            AnyLayers.known(layers);
        } else {
            AnyLayers.unknown(layers);
        }
    }
}
