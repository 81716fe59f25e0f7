package org.videowindow.loadtest.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.endpoint.Sender;
import org.videowindow.loadtest.meeting.Guest;
import org.videowindow.loadtest.stream.Feed.Unit;

/**
 * Sends feeds by the clock while there is a session. The first session starts the clock; while there is none the clock
 * goes on, and afterwards pictures begin with the next key frame; of what is live nothing is sent late. State belongs to
 * the engine's thread.
 */
final class FeedSender implements Sender, Guest.Stage {
    private static final long LOOK_NANOS = 2_000_000L;

    /** Sound of an Opus packet this short is silence (RFC 6716 section 2.1.9). */
    private static final int SILENT_BYTES = 8;

    private static final int SPEECH_LEVEL = 30;
    private static final int SILENCE_LEVEL = 127;

    private final List<Feed> feeds;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private Engine engine;
    private OutgoingTrack audio;
    private OutgoingTrack video;
    private boolean sending;
    private boolean keyFrameNeeded;
    private boolean started;
    private long beginning;
    private long due;
    private volatile Duration position = Duration.ZERO;

    FeedSender(List<Feed> feeds) {
        this.feeds = List.copyOf(feeds);
    }

    /** Done when all feeds are over. */
    CompletableFuture<Void> finished() {
        return finished;
    }

    /** How far the feeds are. Any thread. */
    Duration position() {
        return position;
    }

    @Override
    public void begin(Engine runs, OutgoingTrack sound, OutgoingTrack pictures) {
        engine = runs;
        runs.execute(() -> {
            audio = sound;
            video = pictures;
            sending = true;
            keyFrameNeeded = true;
            feeds.forEach(Feed::begin);
            if (!started) {
                started = true;
                beginning = System.nanoTime();
                due = beginning;
            }
        });
        runs.add(this);
    }

    @Override
    public void pause() {
        if (engine == null) {
            return;
        }
        engine.remove(this);
        engine.execute(() -> sending = false);
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void run(long now) {
        due = now + LOOK_NANOS;
        boolean over = true;
        for (Feed feed : feeds) {
            Unit unit = feed.peek();
            while (unit != null && now - beginning >= unit.at().toNanos()) {
                feed.take();
                position = unit.at().isZero() ? Duration.ofNanos(now - beginning) : unit.at();
                send(unit);
                unit = feed.peek();
            }
            over &= feed.isOver();
        }
        if (over) {
            finished.complete(null);
        }
    }

    private void send(Unit unit) {
        OutgoingTrack track = unit.video() ? video : audio;
        if (!sending || track == null) {
            return;
        }
        if (unit.video()) {
            keyFrameNeeded &= !unit.keyFrame();
            if (keyFrameNeeded) {
                return;
            }
        }
        int last = unit.payloads().size() - 1;
        for (int i = 0; i <= last; i++) {
            byte[] payload = unit.payloads().get(i);
            int level = payload.length <= SILENT_BYTES ? SILENCE_LEVEL : SPEECH_LEVEL;
            track.send(payload, payload.length, unit.timestamp(), unit.ends() && i == last, level);
        }
    }
}
