package org.videowindow.bridge.bandwidth;

import java.util.Random;
import org.videowindow.bridge.feedback.TransportFeedbackSender;
import org.videowindow.bridge.network.VirtualLink;
import org.videowindow.bridge.network.VirtualTime;
import org.videowindow.bridge.rtcp.TransportFeedback;

/**
 * A bridge that sends one receiver sound and one of several layers of a picture, as high as the estimate allows, in
 * bursts of frames; and the receiver, which reports what arrives.
 */
final class LayeredReceiver {
    static final int AUDIO_BPS = 48_000;

    private static final int AUDIO_BYTES = 120;
    private static final int VIDEO_BYTES = 1_150;
    private static final int FRAMES_PER_SECOND = 30;
    private static final long LAYER_HOLD_NANOS = 2_000 * VirtualTime.MILLI;

    /** Part of the estimate that is used. */
    private static final double USED = 0.95;

    private final VirtualTime time;
    private final VirtualLink down;
    private final VirtualLink up;
    private final Random random;
    private final long[] layers;
    private final BandwidthEstimator estimator;
    private final TransportFeedbackSender receiver = new TransportFeedbackSender();
    private final TransportFeedback view = new TransportFeedback();
    private int sequence = 65_000;
    private int layer = -1;
    private long layerSince;
    private long switches;
    private boolean silent;
    private PacingQueue pacing;
    private boolean soundOnly;
    private long sentBytes;
    private long videoArrived;
    private long audioSent;
    private long audioArrived;
    private long worstAudioDelay;
    private long probeBytes;
    private long packetsSent;
    private long packetsArrived;

    /** @param layers bit/s of the layers, rising */
    LayeredReceiver(VirtualTime time, VirtualLink down, VirtualLink up, long seed, long... layers) {
        this.time = time;
        this.down = down;
        this.up = up;
        this.random = new Random(seed);
        this.layers = layers;
        this.estimator = new BandwidthEstimator(time.now());
        time.every(20 * VirtualTime.MILLI, this::audio);
        time.every(VirtualTime.MILLI * 1000 / FRAMES_PER_SECOND, this::frame);
        time.every(2 * VirtualTime.MILLI, this::slot);
        time.every(100 * VirtualTime.MILLI, this::chooseLayer);
        time.every(50 * VirtualTime.MILLI, this::report);
    }

    /** The receiver reports nothing any more. */
    LayeredReceiver silent() {
        silent = true;
        return this;
    }

    /** While more is wanted than fits, frames are spread as the bridge spreads them. */
    LayeredReceiver paced() {
        pacing = new PacingQueue();
        return this;
    }

    /** Nothing but sound is wanted any more. */
    void onlySound() {
        soundOnly = true;
        layer = -1;
    }

    private void audio() {
        audioSent++;
        long sent = time.now();
        send(AUDIO_BYTES, () -> {
            audioArrived++;
            worstAudioDelay = Math.max(worstAudioDelay, time.now() - sent);
        });
    }

    private void frame() {
        if (layer < 0) {
            return;
        }
        double size = layers[layer] / 8.0 / FRAMES_PER_SECOND * Math.max(0.3, 1 + 0.2 * random.nextGaussian());
        for (int left = (int) size; left > 0; left -= VIDEO_BYTES) {
            int bytes = Math.min(left, VIDEO_BYTES);
            if (isPaced() && !pacing.passes(bytes, false, estimate(), time.now())) {
                while (!pacing.fits(bytes)) {
                    sendOldest();
                }
                pacing.add(new byte[bytes], 0, bytes, 0, time.now());
            } else {
                sendVideo(bytes);
            }
        }
    }

    private boolean isPaced() {
        return pacing != null && (estimator.isConstrained(time.now()) || !pacing.isEmpty());
    }

    private void sendOldest() {
        int bytes = pacing.length();
        pacing.remove();
        sendVideo(bytes);
    }

    private void sendVideo(int bytes) {
        send(bytes, () -> videoArrived += bytes);
    }

    private void slot() {
        if (pacing != null) {
            pacing.strain(estimator.isStrained(time.now()));
            while (pacing.due(estimate(), time.now())) {
                sendOldest();
            }
        }
        estimator.tick(time.now());
        long due = estimator.probeBytes(time.now());
        while (due > 0) {
            probeBytes += VIDEO_BYTES;
            send(VIDEO_BYTES, () -> {});
            due = Math.min(due - VIDEO_BYTES, estimator.probeBytes(time.now()));
        }
    }

    private void send(int bytes, Runnable arrived) {
        int number = sequence;
        sequence = (sequence + 1) & 0xffff;
        sentBytes += bytes;
        packetsSent++;
        estimator.sent(number, bytes, time.now());
        down.send(bytes, () -> {
            receiver.received(number, time.now());
            packetsArrived++;
            arrived.run();
        });
    }

    private void chooseLayer() {
        if (soundOnly) {
            estimator.want(AUDIO_BPS);
            return;
        }
        estimator.want(layers[layers.length - 1] + AUDIO_BPS);
        double room = estimator.estimateBps(time.now()) * USED - AUDIO_BPS;
        int best = -1;
        while (best + 1 < layers.length && layers[best + 1] <= room) {
            best++;
        }
        if (best < layer || (best > layer && time.now() - layerSince > LAYER_HOLD_NANOS) || layerSince == 0) {
            layer = best;
            layerSince = time.now();
            switches++;
        }
    }

    private void report() {
        byte[] message = new byte[1200];
        int length;
        while (!silent && (length = receiver.write(message, 0, 1200, 1, 2, time.now())) > 0) {
            int bytes = length;
            up.send(bytes, () -> {
                if (view.wrap(message, 0, bytes)) {
                    estimator.feedback(view, time.now());
                }
            });
            return;
        }
    }

    BandwidthEstimator estimator() {
        return estimator;
    }

    long estimate() {
        return estimator.estimateBps(time.now());
    }

    long switches() {
        return switches;
    }

    int layer() {
        return layer;
    }

    double audioArrived() {
        return audioArrived / (double) audioSent;
    }

    long worstAudioMillis() {
        return worstAudioDelay / VirtualTime.MILLI;
    }

    void forgetAudio() {
        audioSent = 0;
        audioArrived = 0;
        worstAudioDelay = 0;
    }

    double probeShare() {
        return probeBytes / (double) Math.max(1, sentBytes);
    }

    /** Part of the packets sent since the last call that has not arrived. */
    double takeLostShare() {
        double lost = 1 - packetsArrived / (double) Math.max(1, packetsSent);
        packetsSent = 0;
        packetsArrived = 0;
        return lost;
    }

    /** Video that arrived since the last call. */
    long takeVideoBytes() {
        long bytes = videoArrived;
        videoArrived = 0;
        return bytes;
    }
}
