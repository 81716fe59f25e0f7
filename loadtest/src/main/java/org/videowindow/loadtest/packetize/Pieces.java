package org.videowindow.loadtest.packetize;

import java.util.ArrayList;
import java.util.List;

/** A frame cut into pieces that differ by at most one byte, behind a descriptor of the codec. */
final class Pieces {
    private Pieces() {}

    /** Writes the descriptor of a piece into the front of a payload. */
    interface Descriptor {
        void write(byte[] payload, boolean first, boolean last);
    }

    static List<byte[]> cut(byte[] frame, int descriptorLength, Descriptor descriptor) {
        int room = Packetizer.LARGEST_PAYLOAD - descriptorLength;
        int count = Math.max(1, (frame.length + room - 1) / room);
        List<byte[]> payloads = new ArrayList<>(count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = (frame.length - at) / (count - i);
            byte[] payload = new byte[descriptorLength + length];
            descriptor.write(payload, i == 0, i == count - 1);
            System.arraycopy(frame, at, payload, descriptorLength, length);
            payloads.add(payload);
            at += length;
        }
        return payloads;
    }
}
