package org.videowindow.loadtest.stream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.videowindow.loadtest.container.MediaFile;
import org.videowindow.loadtest.container.Track;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.meeting.AnyCertificate;
import org.videowindow.loadtest.meeting.Guest;
import org.videowindow.loadtest.meeting.MeetingAddress;

/** Feeds in a meeting, from joining to leaving. One thread. */
public final class Streaming implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 500;

    private final List<Feed> feeds;
    private final boolean audio;
    private final Codec video;
    private final Process program;
    private final FeedSender sender;
    private Guest guest;

    private Streaming(List<Feed> feeds, boolean audio, Codec video, Process program) {
        this.feeds = feeds;
        this.audio = audio;
        this.video = video;
        this.program = program;
        this.sender = new FeedSender(feeds);
    }

    /**
     * A file.
     *
     * @param name its path, or {@code -} for standard input
     * @param loop whether it begins anew at its end
     * @throws IOException when it cannot be sent, in one sentence
     */
    public static Streaming ofFile(String name, boolean loop) throws IOException {
        if (name.equals("-")) {
            if (loop) {
                throw new IOException("Standard input cannot begin anew: leave out --loop.");
            }
            return of(MediaFile.read(new BufferedInputStream(System.in), "Standard input"), null, false);
        }
        Path path = Path.of(name);
        return of(MediaFile.open(path), () -> MediaFile.open(path), loop);
    }

    /**
     * A camera, through ffmpeg.
     *
     * @throws IOException when there is no camera or no ffmpeg, in one sentence
     */
    public static Streaming ofCamera(String device) throws IOException {
        List<String> command = List.of(
                "ffmpeg",
                "-loglevel",
                "error",
                "-f",
                "v4l2",
                "-framerate",
                "30",
                "-video_size",
                "1280x720",
                "-i",
                device,
                "-c:v",
                "libvpx",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-b:v",
                "1500k",
                "-g",
                "60",
                "-f",
                "ivf",
                "-");
        Process program;
        try {
            program = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new IOException("A camera needs ffmpeg, which does not start: " + e.getMessage(), e);
        }
        try {
            return of(
                    MediaFile.read(new BufferedInputStream(program.getInputStream()), "The camera " + device), program);
        } catch (IOException e) {
            program.destroy();
            throw e;
        }
    }

    private static Streaming of(MediaFile file, FileFeed.Opener opener, boolean loop) {
        Track audio = first(file, false);
        Track video = first(file, true);
        Feed feed = new FileFeed(file, opener, loop, audio, video);
        return new Streaming(List.of(feed), audio != null, codec(video), null);
    }

    private static Streaming of(MediaFile camera, Process program) {
        Track video = first(camera, true);
        return new Streaming(List.of(FileFeed.live(camera, null, video)), false, codec(video), program);
    }

    private static Track first(MediaFile file, boolean video) {
        return file.tracks().stream()
                .filter(track -> track.codec().isVideo() == video)
                .findFirst()
                .orElse(null);
    }

    private static Codec codec(Track track) {
        return track == null
                ? null
                : switch (track.codec()) {
                    case VP8 -> Codec.VP8;
                    case VP9 -> Codec.VP9;
                    case AV1 -> Codec.AV1;
                    case OPUS -> null;
                };
    }

    /**
     * RTP on loopback.
     *
     * @param videoPort UDP port, {@code null} without pictures
     * @param audioPort UDP port, {@code null} without sound
     * @throws IOException when a port cannot be had, in one sentence
     */
    public static Streaming ofRtp(Integer videoPort, Integer audioPort, Codec codec) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        List<Feed> feeds = new ArrayList<>();
        if (videoPort != null) {
            feeds.add(new RtpFeed(new InetSocketAddress(loopback, videoPort), true));
        }
        if (audioPort != null) {
            feeds.add(new RtpFeed(new InetSocketAddress(loopback, audioPort), false));
        }
        if (feeds.isEmpty()) {
            throw new IOException("Name a port: --rtp-video, --rtp-audio or both.");
        }
        return new Streaming(feeds, audioPort != null, videoPort == null ? null : codec, null);
    }

    /** @throws IOException when that does not succeed, in one sentence */
    public void join(String link, String name, boolean insecure) throws IOException {
        MeetingAddress address = MeetingAddress.read(link);
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (insecure) {
            http.sslContext(AnyCertificate.context());
        }
        guest = Guest.join(http.build(), address, new Guest.Role(name, audio, video), sender);
    }

    /** Id of the participant. */
    public String endpointId() {
        return guest.endpointId();
    }

    /**
     * Waits for the end of the feeds or of the meeting.
     *
     * @param progress told the position twice a second
     * @return a sentence about the end
     */
    public String await(Consumer<Duration> progress) throws IOException {
        CompletableFuture<Object> end = CompletableFuture.anyOf(sender.finished(), guest.out());
        while (true) {
            try {
                Object why = end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                String failure = feeds.stream()
                        .map(Feed::failure)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("Sent to its end.");
                return why == null ? failure : why.toString();
            } catch (TimeoutException e) {
                progress.accept(sender.position());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted.", e);
            }
        }
    }

    /** Whether the feeds were sent to their end. */
    public boolean isComplete() {
        return sender.finished().isDone() && feeds.stream().allMatch(feed -> feed.failure() == null);
    }

    @Override
    public void close() throws IOException {
        feeds.forEach(Feed::close);
        if (program != null) {
            program.destroy();
        }
        if (guest != null) {
            guest.close();
        }
    }
}
