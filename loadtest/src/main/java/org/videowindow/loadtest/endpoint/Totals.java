package org.videowindow.loadtest.endpoint;

/**
 * What participants received since they joined; two of them make a measurement.
 *
 * @param packets RTP packets that are media: no retransmissions, no probes, each counted once
 * @param sound of these packets those that are no picture
 * @param bytes in them, as they were on the wire above UDP
 * @param repeats packets on retransmission SSRCs: repeats and probes
 * @param expected packets there should have been by their sequence numbers
 * @param repaired missing ones that a retransmission brought
 * @param duplicates received again
 * @param late received after a newer one
 * @param freezes pauses of a picture longer than three frame intervals and 150 ms
 * @param layerSwitches changes between encodings or spatial layers
 * @param unreadable packets that did not decrypt
 * @param keyFrameRequests what participants asked for
 * @param streams SSRCs received
 */
public record Totals(
        long packets,
        long sound,
        long bytes,
        long repeats,
        long expected,
        long repaired,
        long duplicates,
        long late,
        long freezes,
        long layerSwitches,
        long unreadable,
        long keyFrameRequests,
        long streams) {
    /** Nobody's. */
    public static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What both received. */
    public Totals plus(Totals other) {
        return combine(other, 1);
    }

    /** What came since an earlier time. */
    public Totals since(Totals earlier) {
        return combine(earlier, -1);
    }

    private Totals combine(Totals other, int sign) {
        return new Totals(
                packets + sign * other.packets,
                sound + sign * other.sound,
                bytes + sign * other.bytes,
                repeats + sign * other.repeats,
                expected + sign * other.expected,
                repaired + sign * other.repaired,
                duplicates + sign * other.duplicates,
                late + sign * other.late,
                freezes + sign * other.freezes,
                layerSwitches + sign * other.layerSwitches,
                unreadable + sign * other.unreadable,
                keyFrameRequests + sign * other.keyFrameRequests,
                streams + sign * other.streams);
    }

    /** Packets that neither came nor were repaired. */
    public long lost() {
        return Math.max(0, expected - packets - repaired);
    }
}
