package org.videowindow.bridge.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any row of descriptors, each with its length before it: refused or readable, and readable when rewritten. */
class DependencyDescriptorFuzzTest {
    private final PacketLayers layers = new PacketLayers();
    private final byte[] out = new byte[300];

    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        DependencyDescriptor descriptor = new DependencyDescriptor();
        int at = 0;
        while (at < data.length) {
            int length = Math.min(data[at] & 0xFF, data.length - at - 1);
            at++;
            if (descriptor.read(data, at, length, layers)) {
                AnyLayers.known(layers);
                rewrite(descriptor, data, at, length);
            } else {
                AnyLayers.unknown(layers);
            }
            at += length;
        }
    }

    private void rewrite(DependencyDescriptor descriptor, byte[] data, int at, int length) {
        long needed = layers.needed;
        int frame = layers.frameNumber;
        int written = descriptor.writeActive(data, at, length, 1, 1, out, 1);
        if (written < length
                || written > length + DependencyDescriptor.MOST_GROWTH
                || !descriptor.read(out, 1, written, layers)
                || layers.needed != needed
                || layers.frameNumber != frame) {
            throw new AssertionError("rewriting changed something else");
        }
        DependencyDescriptor.putFrameNumber(out, 1, frame);
        DependencyDescriptor.shiftTemplates(out, 1, written, 7);
        descriptor.read(out, 1, written, layers);
        // The fuzzed row goes on with what it had before.
        descriptor.read(data, at, length, layers);
    }
}
