package org.videowindow.loadtest.media;

import java.util.Random;
import java.util.function.LongSupplier;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.endpoint.Sender;

/** A synthetic microphone: 50 packets of Opus size a second with audio levels of somebody who talks and pauses. */
public final class AudioSender implements Sender {
    private static final long INTERVAL = 20_000_000L;
    private static final int SAMPLES = 960;
    private static final int SPURT = 150;

    private final OutgoingTrack track;
    private final Random random;
    private final LongSupplier wall;
    private final byte[] payload = new byte[200];
    private long due;
    private int count;

    /**
     * @param first when to begin, by {@link System#nanoTime}
     * @param wall the wall clock that stamps are written by
     */
    public AudioSender(OutgoingTrack track, long first, Random random, LongSupplier wall) {
        this.track = track;
        this.due = first;
        this.random = random;
        this.wall = wall;
        payload[0] = 0x78;
    }

    /** Packets so far. On the engine's thread. */
    public long offered() {
        return count;
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void run(long now) {
        due = now - due > 10 * INTERVAL ? now + INTERVAL : due + INTERVAL;
        boolean talks = (count / SPURT) % 2 == 0;
        int level = talks ? 20 + random.nextInt(20) : 90 + random.nextInt(30);
        int length = 70 + random.nextInt(40);
        Stamp.write(payload, length - Stamp.BYTES, 0, 0, 0, false, wall.getAsLong());
        track.send(payload, length, count * SAMPLES, count % SPURT == 0, level);
        count++;
    }
}
