package org.videowindow.loadtest.container;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An open file: its tracks, and its frames in the order of the file. One thread. */
public interface MediaFile extends AutoCloseable {
    /** Tracks that can be sent; others are skipped. */
    List<Track> tracks();

    /**
     * The next frame of one of the {@link #tracks}, or {@code null} at the end of the file.
     *
     * @throws IOException when the file is broken, in one sentence
     */
    MediaFrame next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens a file; what it is, its first bytes say.
     *
     * @throws IOException when it cannot be read or is none of the known kinds, in one sentence
     */
    static MediaFile open(Path path) throws IOException {
        InputStream in;
        try {
            in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        } catch (IOException e) {
            throw new IOException("The file " + path + " cannot be read.", e);
        }
        return read(in, path.toString());
    }

    /**
     * The same from a stream that supports marks; it is closed with the file, and when it is none.
     *
     * @param name what to call it in a complaint
     */
    static MediaFile read(InputStream in, String name) throws IOException {
        try {
            in.mark(4);
            byte[] first = in.readNBytes(4);
            in.reset();
            int magic = first.length < 4 ? 0 : new Little(first).u32(0);
            return switch (magic) {
                case IvfFile.MAGIC -> new IvfFile(in);
                case OggFile.MAGIC -> new OggFile(in);
                case WebmFile.MAGIC -> new WebmFile(in);
                default -> throw new IOException(name + " is none of WebM, IVF and Ogg.");
            };
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
