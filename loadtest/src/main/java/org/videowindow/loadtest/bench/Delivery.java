package org.videowindow.loadtest.bench;

import org.videowindow.loadtest.endpoint.Totals;

/**
 * What receivers got of what the senders had for them: gaps do not tell that a server left out whole frames, sizes,
 * cameras or people. Offered is what every camera sent, or would have sent, of the largest size not higher than receivers
 * want, and what every microphone sent, times the seats for receivers in its room, empty ones too.
 *
 * @param soundOffered packets
 * @param soundCame packets that came to those who only receive
 * @param videoOffered packets
 * @param videoCame packets of any size that came to them or were repaired
 */
public record Delivery(long soundOffered, long soundCame, long videoOffered, long videoCame) {
    /**
     * Both since the load began.
     *
     * @param received by those who only receive
     */
    static Delivery of(long soundOffered, long videoOffered, Totals received) {
        return new Delivery(
                soundOffered,
                received.sound(),
                videoOffered,
                received.packets() - received.sound() + received.repaired());
    }

    Delivery since(Delivery earlier) {
        return new Delivery(
                soundOffered - earlier.soundOffered,
                soundCame - earlier.soundCame,
                videoOffered - earlier.videoOffered,
                videoCame - earlier.videoCame);
    }

    /** Share of the sound that came; NaN where none was offered. */
    public double soundShare() {
        return (double) soundCame / (soundOffered == 0 ? Double.NaN : soundOffered);
    }

    /** Share of the pictures' packets that came; NaN where none were offered. */
    public double videoShare() {
        return (double) videoCame / (videoOffered == 0 ? Double.NaN : videoOffered);
    }
}
