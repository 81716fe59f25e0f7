package org.videowindow.bridge.feedback;

import org.videowindow.bridge.rtcp.ReportBlock;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtp.SequenceUnwrapper;

/**
 * Reception of one stream as a report block tells it: loss (RFC 3550 appendix A.3), jitter (A.8), the last sender report.
 *
 * <p>Owned by the worker thread of the conference.
 */
public final class ReceptionStatistics {
    private static final int MAX_JUMP = 3000;

    private final int clockRate;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private long base;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private int strangeNext = -1;

    private boolean hasTransit;
    private long lastArrivalTicks;
    private int lastTimestamp;
    private long jitterSixteenths;

    private int lastSenderReport;
    private long lastSenderReportAt;

    /**
     * Statistics of a stream.
     *
     * @param clockRate of its timestamps, Hz
     */
    public ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Tells that a packet of the stream arrived. A big jump counts as a restart when a second packet confirms it. */
    public void received(int sequence, int timestamp, long now) {
        long newest = unwrapper.newest();
        if (newest < 0) {
            restart(sequence);
        } else {
            long steps = unwrapper.peek(sequence) - newest;
            if (steps > MAX_JUMP || steps < -MAX_JUMP) {
                if (sequence != strangeNext) {
                    strangeNext = (sequence + 1) & 0xFFFF;
                    return;
                }
                restart(sequence);
            } else {
                unwrapper.unwrap(sequence);
            }
        }
        strangeNext = -1;
        received++;
        updateJitter(timestamp, now);
    }

    private void restart(int sequence) {
        unwrapper.reset();
        base = unwrapper.unwrap(sequence);
        received = 0;
        expectedPrior = 0;
        receivedPrior = 0;
        hasTransit = false;
        jitterSixteenths = 0;
    }

    private void updateJitter(int timestamp, long now) {
        long arrival = now / 1_000_000_000 * clockRate + now % 1_000_000_000 * clockRate / 1_000_000_000;
        if (hasTransit) {
            long difference = (arrival - lastArrivalTicks) - (timestamp - lastTimestamp);
            // Packets of one frame share a timestamp; the sender may spread them, which is no jitter of the network,
            // but RFC 3550 counts every packet, and so do those who read it.
            long magnitude = Math.min(Math.abs(difference), 10L * clockRate);
            jitterSixteenths += magnitude - ((jitterSixteenths + 8) >> 4);
        }
        hasTransit = true;
        lastArrivalTicks = arrival;
        lastTimestamp = timestamp;
    }

    /** Tells that a sender report of the stream arrived. */
    public void senderReport(long ntp, long now) {
        lastSenderReport = SenderReport.compactNtp(ntp);
        lastSenderReportAt = now;
    }

    /** Whether anything was received. */
    public boolean isActive() {
        return unwrapper.newest() >= 0;
    }

    /** Packets lost since the stream began; negative when duplicates outnumber losses. */
    public long lost() {
        return expected() - received;
    }

    /** Packets received since the stream began. */
    public long received() {
        return received;
    }

    /** Jitter in units of the stream's clock. */
    public long jitter() {
        return jitterSixteenths >> 4;
    }

    private long expected() {
        return isActive() ? unwrapper.newest() - base + 1 : 0;
    }

    /**
     * Writes a report block and begins the next interval of its fraction lost.
     *
     * @return {@link ReportBlock#BYTES}
     */
    public int writeBlock(byte[] out, int offset, int ssrc, long now) {
        long expected = expected();
        long expectedInterval = expected - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected;
        receivedPrior = received;
        int fraction = expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
        long delay = lastSenderReport == 0 ? 0 : (now - lastSenderReportAt) / 1_000 * 65_536 / 1_000_000;
        // The unwrapper starts one cycle above zero; the report counts cycles from the start.
        int highest = isActive() ? (int) (unwrapper.newest() - 0x1_0000) : 0;
        ReportBlock.write(
                out, offset, ssrc, fraction, (int) lost(), highest, (int) jitter(), lastSenderReport, (int) delay);
        return ReportBlock.BYTES;
    }
}
