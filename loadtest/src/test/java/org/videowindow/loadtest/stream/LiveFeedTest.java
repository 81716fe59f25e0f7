package org.videowindow.loadtest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.videowindow.loadtest.container.MediaFile;
import org.videowindow.loadtest.container.MediaFrame;
import org.videowindow.loadtest.container.Track;
import org.videowindow.loadtest.stream.Feed.Unit;

/** A camera goes on while nobody watches it. */
class LiveFeedTest {
    private static final Track VIDEO = new Track(0, Track.Codec.VP8);
    private static final int CLOCK = 90_000;

    /** A key frame of VP8 (RFC 6386 section 9.1), as far as anybody looks at it. */
    private static final byte[] KEY_FRAME = new byte[20];

    /** A camera with a picture a second, which are made as often as the test says. */
    private static final class Camera implements MediaFile {
        private final LinkedBlockingQueue<Integer> made = new LinkedBlockingQueue<>();
        private final CountDownLatch read = new CountDownLatch(1);
        private int last = -1;

        void make(int from, int to) {
            last = to - 1;
            for (int i = from; i < to; i++) {
                made.add(i);
            }
        }

        void awaitRead() throws InterruptedException {
            assertThat(read.await(20, TimeUnit.SECONDS)).as("all are read").isTrue();
        }

        @Override
        public List<Track> tracks() {
            return List.of(VIDEO);
        }

        @Override
        public MediaFrame next() throws IOException {
            try {
                if (made.isEmpty() && last >= 0) {
                    // Whoever asks for the next one has done with the last one.
                    read.countDown();
                }
                return new MediaFrame(0, Duration.ofSeconds(made.take()), KEY_FRAME);
            } catch (InterruptedException e) {
                throw new IOException("Interrupted.", e);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void whoeverComesLateSeesTheCameraAndNotWhatItSawBefore() throws Exception {
        Camera camera = new Camera();
        camera.make(0, 1_000);
        FileFeed feed = FileFeed.live(camera, null, VIDEO);
        try {
            camera.awaitRead();
            feed.begin();
            assertThat(feed.peek()).isNull();
            camera.make(1_000, 1_001);
            Unit unit = await(feed);
            assertThat(unit.timestamp()).isEqualTo(1_000 * CLOCK);
            assertThat(unit.at()).as("is sent at once").isZero();
        } finally {
            feed.close();
        }
    }

    @Test
    void aCameraThatIsNotTakenFromLosesTheOldest() throws Exception {
        Camera camera = new Camera();
        camera.make(0, 1_000);
        FileFeed feed = FileFeed.live(camera, null, VIDEO);
        try {
            camera.awaitRead();
            assertThat(feed.peek().timestamp()).isEqualTo(800 * CLOCK);
        } finally {
            feed.close();
        }
    }

    @Test
    void aFileWaitsToBeTakenFromAndKeepsItsTimes() throws Exception {
        Camera recorded = new Camera();
        recorded.make(0, 1_000);
        FileFeed feed = new FileFeed(recorded, null, false, null, VIDEO);
        try {
            await(feed);
            feed.begin();
            for (int i = 0; i < 1_000; i++) {
                assertThat(await(feed).at()).isEqualTo(Duration.ofSeconds(i));
                feed.take();
            }
        } finally {
            feed.close();
        }
    }

    @Test
    void aCameraThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Streaming.ofCamera("/dev/video-none"))
                .isInstanceOf(IOException.class)
                // Without ffmpeg that is what is missing.
                .hasMessageMatching("(The|A) camera .*");
    }

    private static Unit await(FileFeed feed) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (feed.peek() == null && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertThat(feed.peek()).isNotNull();
        return feed.peek();
    }
}
