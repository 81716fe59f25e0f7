package org.videowindow.bridge.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes: a descriptor that is accepted has layers in range and can be rewritten without changing anything else. */
class Vp9FuzzTest {
    private final Vp9 vp9 = new Vp9();
    private final PacketLayers layers = new PacketLayers();

    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        byte[] shifted = new byte[data.length + 3];
        System.arraycopy(data, 0, shifted, 3, data.length);
        if (!vp9.read(shifted, 3, data.length, layers)) {
            AnyLayers.unknown(layers);
            return;
        }
        AnyLayers.known(layers);
        int spatial = layers.spatial;
        int temporal = layers.temporal;
        boolean hasId = layers.pictureId >= 0;
        boolean hasIndex = layers.tl0PicIdx >= 0;
        layers.putPictureId(shifted, 3, 77);
        layers.putTl0PicIdx(shifted, 3, 78);
        if (!vp9.read(shifted, 3, data.length, layers)
                || layers.spatial != spatial
                || layers.temporal != temporal
                || (hasId && layers.pictureId != 77)
                || (hasIndex && layers.tl0PicIdx != 78)) {
            throw new AssertionError("rewriting changed something else");
        }
    }
}
