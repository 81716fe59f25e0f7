package org.videowindow.loadtest.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** IVF: a header of 32 bytes, then frames with 12 bytes before each. Little-endian. */
final class IvfFile implements MediaFile {
    /** "DKIF". */
    static final int MAGIC = 0x46494b44;

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 12;
    private static final int LARGEST_FRAME = 16 << 20;
    private static final int VP80 = 0x30385056;
    private static final int VP90 = 0x30395056;
    private static final int AV01 = 0x31305641;

    private final InputStream in;
    private final Track track;
    private final long rate;
    private final long scale;

    IvfFile(InputStream in) throws IOException {
        this.in = in;
        byte[] bytes = in.readNBytes(HEADER);
        if (bytes.length < HEADER) {
            throw new EOFException("The IVF file ends within its header.");
        }
        Little header = new Little(bytes);
        track = new Track(
                0,
                switch (header.u32(8)) {
                    case VP80 -> Track.Codec.VP8;
                    case VP90 -> Track.Codec.VP9;
                    case AV01 -> Track.Codec.AV1;
                    default -> throw new IOException("The IVF file holds neither VP8, VP9 nor AV1.");
                });
        rate = header.u32(16) & 0xffff_ffffL;
        scale = header.u32(20) & 0xffff_ffffL;
        if (rate == 0 || scale == 0) {
            throw new IOException("The IVF file has no time base.");
        }
        int more = Math.max(0, header.u16(6) - HEADER);
        if (in.readNBytes(more).length < more) {
            throw new EOFException("The IVF file ends within its header.");
        }
    }

    @Override
    public List<Track> tracks() {
        return List.of(track);
    }

    @Override
    public MediaFrame next() throws IOException {
        byte[] bytes = in.readNBytes(FRAME_HEADER);
        if (bytes.length == 0) {
            return null;
        }
        if (bytes.length < FRAME_HEADER) {
            throw new EOFException("The IVF file ends within the header of a frame.");
        }
        Little header = new Little(bytes);
        int size = header.u32(0);
        if (size < 0 || size > LARGEST_FRAME) {
            throw new IOException("The IVF file has a frame of " + Integer.toUnsignedString(size) + " bytes.");
        }
        byte[] data = in.readNBytes(size);
        if (data.length < size) {
            throw new EOFException("The IVF file ends within a frame.");
        }
        double seconds = (double) header.u64(4) * scale / rate;
        return new MediaFrame(0, Duration.ofNanos(Math.round(seconds * 1e9)), data);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
