package org.videowindow.loadtest.container;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Opus in Ogg (RFC 3533, RFC 7845): packets are collected over the segments of pages; their own bytes tell their length. */
final class OggFile implements MediaFile {
    /** "OggS". */
    static final int MAGIC = 0x5367674f;

    private static final int PAGE_HEADER = 27;
    private static final int CONTINUED = 0x01;
    private static final int LARGEST_PACKET = 1 << 20;
    private static final byte[] HEAD = "OpusHead".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final Queue<byte[]> packets = new ArrayDeque<>();
    private int stream;
    private boolean known;
    private Duration at = Duration.ZERO;

    OggFile(InputStream in) throws IOException {
        this.in = in;
        byte[] head = packet();
        byte[] tags = packet();
        if (head == null || tags == null || !beginsWith(head, HEAD)) {
            throw new IOException("The Ogg file does not hold Opus.");
        }
    }

    private static boolean beginsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && java.util.Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public List<Track> tracks() {
        return List.of(new Track(0, Track.Codec.OPUS));
    }

    @Override
    public MediaFrame next() throws IOException {
        byte[] packet = packet();
        if (packet == null) {
            return null;
        }
        MediaFrame frame = new MediaFrame(0, at, packet);
        at = at.plus(OpusPacket.duration(packet));
        return frame;
    }

    private byte[] packet() throws IOException {
        while (packets.isEmpty()) {
            if (!page()) {
                return null;
            }
        }
        return packets.remove();
    }

    /** Reads a page; false at the end. Pages of other streams are skipped. */
    private boolean page() throws IOException {
        byte[] bytes = in.readNBytes(PAGE_HEADER);
        if (bytes.length == 0) {
            return false;
        }
        if (bytes.length < PAGE_HEADER) {
            throw new EOFException("The Ogg file ends within the header of a page.");
        }
        Little header = new Little(bytes);
        if (header.u32(0) != MAGIC || bytes[4] != 0) {
            throw new IOException("The Ogg file has something between its pages.");
        }
        byte[] sizes = whole(bytes[26] & 0xff);
        if (!known) {
            known = true;
            stream = header.u32(14);
        }
        boolean ours = header.u32(14) == stream;
        if (ours && (bytes[5] & CONTINUED) == 0) {
            partial.reset();
        }
        for (byte size : sizes) {
            byte[] segment = whole(size & 0xff);
            if (!ours) {
                continue;
            }
            partial.writeBytes(segment);
            if (partial.size() > LARGEST_PACKET) {
                throw new IOException("The Ogg file has a packet of more than " + LARGEST_PACKET + " bytes.");
            }
            // A segment that is not full ends its packet (RFC 3533 section 5).
            if (segment.length < 255) {
                packets.add(partial.toByteArray());
                partial.reset();
            }
        }
        return true;
    }

    private byte[] whole(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("The Ogg file ends within a page.");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
