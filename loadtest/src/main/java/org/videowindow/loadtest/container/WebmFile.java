package org.videowindow.loadtest.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * WebM: the part of Matroska (RFC 9559, EBML RFC 8794) that recorders write. Elements are walked from front to back;
 * Segment, Cluster, BlockGroup and Tracks are entered, so that it does not matter whether their sizes are known.
 */
final class WebmFile implements MediaFile {
    /** The EBML header's id as the first four bytes, little-endian. */
    static final int MAGIC = 0xa3df451a;

    private static final long SEGMENT = 0x18538067L;
    private static final long INFO = 0x1549a966L;
    private static final long TIMESTAMP_SCALE = 0x2ad7b1L;
    private static final long TRACKS = 0x1654ae6bL;
    private static final long TRACK_ENTRY = 0xaeL;
    private static final long TRACK_NUMBER = 0xd7L;
    private static final long CODEC_ID = 0x86L;
    private static final long CLUSTER = 0x1f43b675L;
    private static final long TIMESTAMP = 0xe7L;
    private static final long SIMPLE_BLOCK = 0xa3L;
    private static final long BLOCK_GROUP = 0xa0L;
    private static final long BLOCK = 0xa1L;

    private static final long UNKNOWN_SIZE = -1;
    private static final long DEFAULT_SCALE_NANOS = 1_000_000;
    private static final long LARGEST_BLOCK = 16 << 20;
    private static final int LACING = 0x06;

    private final InputStream in;
    private final List<Track> tracks = new ArrayList<>();
    private long scaleNanos = DEFAULT_SCALE_NANOS;
    private long clusterTimestamp;
    private int entryNumber = -1;
    private MediaFrame first;

    WebmFile(InputStream in) throws IOException {
        this.in = in;
        // Tracks come before the first block.
        first = walk();
        if (tracks.isEmpty()) {
            throw new IOException("The WebM file holds none of VP8, VP9, AV1 and Opus.");
        }
    }

    @Override
    public List<Track> tracks() {
        return List.copyOf(tracks);
    }

    @Override
    public MediaFrame next() throws IOException {
        if (first != null) {
            MediaFrame frame = first;
            first = null;
            return frame;
        }
        return walk();
    }

    /** Goes on to the next block of a known track. */
    private MediaFrame walk() throws IOException {
        while (true) {
            long id = id();
            if (id < 0) {
                return null;
            }
            long size = size();
            if (id == SEGMENT || id == INFO || id == TRACKS || id == CLUSTER || id == BLOCK_GROUP) {
                continue;
            }
            if (size == UNKNOWN_SIZE) {
                throw new IOException("The WebM file has an element of unknown size that must have one.");
            }
            if (id == SIMPLE_BLOCK || id == BLOCK) {
                MediaFrame frame = block(content(size));
                if (frame != null) {
                    return frame;
                }
            } else if (id == TRACK_ENTRY) {
                entryNumber = -1;
            } else if (id == TRACK_NUMBER) {
                entryNumber = (int) Math.min(number(size), Integer.MAX_VALUE);
            } else if (id == CODEC_ID) {
                track(new String(content(size), StandardCharsets.US_ASCII));
            } else if (id == TIMESTAMP_SCALE) {
                scaleNanos = number(size);
            } else if (id == TIMESTAMP) {
                clusterTimestamp = number(size);
            } else {
                skip(size);
            }
        }
    }

    private void track(String codec) {
        switch (codec) {
            case "V_VP8" -> tracks.add(new Track(entryNumber, Track.Codec.VP8));
            case "V_VP9" -> tracks.add(new Track(entryNumber, Track.Codec.VP9));
            case "V_AV1" -> tracks.add(new Track(entryNumber, Track.Codec.AV1));
            case "A_OPUS" -> tracks.add(new Track(entryNumber, Track.Codec.OPUS));
            default -> {
                // Of another codec: its blocks are skipped.
            }
        }
    }

    /** RFC 9559 section 10.2: track, relative time, flags, then the frame. */
    private MediaFrame block(byte[] block) throws IOException {
        int length = block.length == 0 ? 0 : Integer.numberOfLeadingZeros(block[0] & 0xff) - 23;
        if (length < 1 || length > 4 || block.length < length + 3) {
            throw new IOException("The WebM file has a broken block.");
        }
        long number = block[0] & (0xff >>> length);
        for (int i = 1; i < length; i++) {
            number = number << 8 | (block[i] & 0xff);
        }
        long wanted = number;
        if (tracks.stream().noneMatch(track -> track.number() == wanted)) {
            return null;
        }
        if ((block[length + 2] & LACING) != 0) {
            throw new IOException("The WebM file has several frames in one block, which is not supported.");
        }
        short relative = (short) ((block[length] & 0xff) << 8 | (block[length + 1] & 0xff));
        long nanos = Math.max(0, (clusterTimestamp + relative) * scaleNanos);
        return new MediaFrame(
                (int) number, Duration.ofNanos(nanos), java.util.Arrays.copyOfRange(block, length + 3, block.length));
    }

    // --- EBML ---

    /** An element's id with its length marker, or -1 at the end of the file. */
    private long id() throws IOException {
        int head = in.read();
        if (head < 0) {
            return -1;
        }
        int length = Integer.numberOfLeadingZeros(head) - 23;
        if (length > 4) {
            throw new IOException("The WebM file has something that is no element.");
        }
        return rest(head, length - 1);
    }

    private long size() throws IOException {
        int head = in.read();
        int length = Integer.numberOfLeadingZeros(head) - 23;
        if (head < 0 || length > 8) {
            throw new EOFException("The WebM file ends within an element.");
        }
        long size = rest(head & (0xff >>> length), length - 1);
        return size == (1L << (7 * length)) - 1 ? UNKNOWN_SIZE : size;
    }

    private long rest(long head, int more) throws IOException {
        long value = head;
        for (byte next : content(more)) {
            value = value << 8 | (next & 0xff);
        }
        return value;
    }

    private long number(long size) throws IOException {
        if (size > 8) {
            throw new IOException("The WebM file has a number of " + size + " bytes.");
        }
        return rest(0, (int) size);
    }

    private void skip(long size) throws IOException {
        try {
            in.skipNBytes(size);
        } catch (EOFException e) {
            throw new IOException("The WebM file ends within an element.", e);
        }
    }

    private byte[] content(long size) throws IOException {
        if (size > LARGEST_BLOCK) {
            throw new IOException("The WebM file has an element of " + size + " bytes.");
        }
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw new EOFException("The WebM file ends within an element.");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
