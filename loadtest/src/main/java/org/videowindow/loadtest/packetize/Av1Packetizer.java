package org.videowindow.loadtest.packetize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * AV1 (RTP Payload Format For AV1 section 4): the OBUs of a temporal unit without their sizes, each with its length
 * before it (W=0), cut where a payload is full.
 *
 * <pre>
 *   |Z|Y| W |N|-|-|-|   Z continues an OBU, Y its last OBU goes on, N a new coded video sequence begins
 * </pre>
 */
final class Av1Packetizer implements Packetizer {
    private static final int SEQUENCE_HEADER = 1;
    private static final int TEMPORAL_DELIMITER = 2;
    private static final int TILE_LIST = 8;
    private static final int PADDING = 15;

    @Override
    public List<byte[]> payloads(byte[] frame) throws IOException {
        List<byte[]> units = units(frame);
        List<byte[]> payloads = new ArrayList<>();
        Payload payload = new Payload(units.stream().anyMatch(Av1Packetizer::isSequenceHeader), false);
        for (byte[] unit : units) {
            int at = 0;
            while (at < unit.length) {
                int taken = Math.min(unit.length - at, payload.room());
                if (taken <= 0) {
                    payloads.add(payload.end(at > 0));
                    payload = new Payload(false, at > 0);
                    continue;
                }
                payload.add(unit, at, taken);
                at += taken;
            }
        }
        payloads.add(payload.end(false));
        return payloads;
    }

    /** The OBUs without size fields; delimiters, tile lists and padding are not sent. */
    private static List<byte[]> units(byte[] frame) throws IOException {
        List<byte[]> units = new ArrayList<>();
        int at = 0;
        while (at < frame.length) {
            int header = frame[at] & 0xff;
            int headerLength = (header & 0x04) == 0 ? 1 : 2;
            int size = frame.length - at - headerLength;
            int sizeLength = 0;
            if ((header & 0x02) != 0) {
                long told = 0;
                int next;
                do {
                    int from = at + headerLength + sizeLength;
                    if (from >= frame.length || sizeLength == 8) {
                        throw broken();
                    }
                    next = frame[from];
                    told |= (next & 0x7fL) << (7 * sizeLength++);
                } while ((next & 0x80) != 0);
                if (told > size - sizeLength) {
                    throw broken();
                }
                size = (int) told;
            }
            if ((header & 0x80) != 0 || size < 0) {
                throw broken();
            }
            int type = (header >>> 3) & 0x0f;
            if (type != TEMPORAL_DELIMITER && type != TILE_LIST && type != PADDING) {
                byte[] unit = new byte[headerLength + size];
                System.arraycopy(frame, at, unit, 0, headerLength);
                unit[0] &= ~0x02;
                System.arraycopy(frame, at + headerLength + sizeLength, unit, headerLength, size);
                units.add(unit);
            }
            at += headerLength + sizeLength + size;
        }
        if (units.isEmpty()) {
            throw broken();
        }
        return units;
    }

    private static IOException broken() {
        return new IOException("An AV1 temporal unit does not consist of OBUs.");
    }

    private static boolean isSequenceHeader(byte[] unit) {
        return ((unit[0] >>> 3) & 0x0f) == SEQUENCE_HEADER;
    }

    /** Encoders write a sequence header before each key frame. */
    @Override
    public boolean isKeyFrame(byte[] frame) {
        try {
            return units(frame).stream().anyMatch(Av1Packetizer::isSequenceHeader);
        } catch (IOException e) {
            return false;
        }
    }

    /** A payload that is being filled. */
    private static final class Payload {
        private static final int LENGTH_BYTES = 2;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(LARGEST_PAYLOAD);
        private final int header;

        Payload(boolean newSequence, boolean continued) {
            header = (continued ? 0x80 : 0) | (newSequence ? 0x08 : 0);
            bytes.write(header);
        }

        /** Bytes of an OBU that still fit behind its length. */
        int room() {
            return LARGEST_PAYLOAD - bytes.size() - LENGTH_BYTES;
        }

        void add(byte[] unit, int from, int length) {
            if (length < 0x80) {
                bytes.write(length);
            } else {
                bytes.write((length & 0x7f) | 0x80);
                bytes.write(length >>> 7);
            }
            bytes.write(unit, from, length);
        }

        byte[] end(boolean goesOn) {
            byte[] payload = bytes.toByteArray();
            payload[0] = (byte) (header | (goesOn ? 0x40 : 0));
            return payload;
        }
    }
}
