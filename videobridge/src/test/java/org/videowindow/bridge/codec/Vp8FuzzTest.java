package org.videowindow.bridge.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes: a descriptor that is accepted can be read and rewritten, and means the same afterwards. */
class Vp8FuzzTest {
    @FuzzTest(maxDuration = "3s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        byte[] shifted = new byte[data.length + 3];
        System.arraycopy(data, 0, shifted, 3, data.length);
        Vp8 vp8 = new Vp8();
        if (!vp8.wrap(shifted, 3, data.length)) {
            return;
        }
        if (vp8.descriptorLength() < 1 || vp8.descriptorLength() >= data.length) {
            throw new AssertionError("a descriptor of " + vp8.descriptorLength() + " in " + data.length);
        }
        vp8.width();
        vp8.height();
        vp8.layerSync();
        vp8.nonReference();
        boolean key = vp8.startsKeyFrame();
        int layer = vp8.temporalLayer();
        boolean hasId = vp8.pictureId() >= 0;
        vp8.pictureId(77);
        vp8.tl0PicIdx(78);
        if (!vp8.wrap(shifted, 3, data.length)
                || vp8.startsKeyFrame() != key
                || vp8.temporalLayer() != layer
                || (hasId && vp8.pictureId() != 77)) {
            throw new AssertionError("rewriting changed something else");
        }
    }
}
