package org.videowindow.loadtest.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.videowindow.loadtest.container.MediaFile;
import org.videowindow.loadtest.container.MediaFrame;
import org.videowindow.loadtest.container.Track;
import org.videowindow.loadtest.packetize.Packetizer;

/**
 * A file, read ahead by a thread of its own into a bounded queue, so that neither a slow disk nor a pipe holds the
 * engine up. Or what a camera makes now, as a file that is being written: it is sent as it comes, and read on while nobody
 * takes it, because whoever comes later is to see the camera and not what it saw before.
 */
final class FileFeed implements Feed {
    private static final int AHEAD = 200;

    /** Between the end of a file and its beginning, when it is repeated. */
    private static final Duration SEAM = Duration.ofMillis(40);

    /** Opens the file, again for each repetition. */
    interface Opener {
        MediaFile open() throws IOException;
    }

    private final Opener opener;
    private final boolean repeated;
    private final boolean live;
    private final Track audio;
    private final Track video;
    private final BlockingQueue<Unit> ahead = new ArrayBlockingQueue<>(AHEAD);
    private final Map<Integer, Packetizer> packetizers = new TreeMap<>();
    private final Thread reader;
    private Duration begin = Duration.ZERO;
    private Duration latest = Duration.ZERO;
    private volatile boolean over;
    private volatile String failure;

    /**
     * Begins to read.
     *
     * @param first the open file, to be read first
     * @param repeated whether it begins anew at its end
     */
    FileFeed(MediaFile first, Opener opener, boolean repeated, Track audio, Track video) {
        this(first, opener, repeated, false, audio, video);
    }

    private FileFeed(MediaFile first, Opener opener, boolean repeated, boolean live, Track audio, Track video) {
        this.opener = opener;
        this.repeated = repeated;
        this.live = live;
        this.audio = audio;
        this.video = video;
        reader = Thread.ofPlatform().name("reader").daemon(true).start(() -> read(first));
    }

    /** Begins to read what is made now. */
    static FileFeed live(MediaFile file, Track audio, Track video) {
        return new FileFeed(file, null, false, true, audio, video);
    }

    private void read(MediaFile first) {
        MediaFile file = first;
        try {
            while (true) {
                try (MediaFile open = file) {
                    readToTheEnd(open);
                }
                if (!repeated) {
                    return;
                }
                begin = latest.plus(SEAM);
                file = opener.open();
            }
        } catch (IOException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
        }
    }

    private void readToTheEnd(MediaFile file) throws IOException, InterruptedException {
        boolean nothing = true;
        for (MediaFrame frame = file.next(); frame != null; frame = file.next()) {
            Track track = audio != null && frame.track() == audio.number() ? audio : video;
            if (track == null || frame.track() != track.number()) {
                continue;
            }
            nothing = false;
            Packetizer packetizer = packetizers.computeIfAbsent(track.number(), number -> Packetizer.of(track.codec()));
            Duration at = begin.plus(frame.at());
            latest = at.compareTo(latest) > 0 ? at : latest;
            boolean pictures = track.codec().isVideo();
            put(new Unit(
                    pictures,
                    live ? Duration.ZERO : at,
                    timestamp(at, pictures),
                    packetizer.isKeyFrame(frame.data()),
                    packetizer.payloads(frame.data()),
                    pictures));
        }
        if (nothing) {
            throw new IOException("There is nothing in the file that could be sent.");
        }
    }

    private void put(Unit unit) throws InterruptedException {
        while (live && !ahead.offer(unit)) {
            ahead.poll();
        }
        if (!live) {
            ahead.put(unit);
        }
    }

    /** RTP clocks: 90,000 a second for pictures, 48,000 for Opus (RFC 7587 section 4.1). */
    private static int timestamp(Duration at, boolean pictures) {
        return (int) Math.round(at.toNanos() * (pictures ? 9e-5 : 4.8e-5));
    }

    @Override
    public Unit peek() {
        return ahead.peek();
    }

    @Override
    public void take() {
        ahead.poll();
    }

    @Override
    public void begin() {
        if (live) {
            ahead.clear();
        }
    }

    @Override
    public boolean isOver() {
        return over && ahead.isEmpty();
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
