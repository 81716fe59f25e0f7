package org.videowindow.bridge.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.codec.LayerReader;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.rtp.RtpPacket;

/** Single decisions of the rewriter. */
class RewriterTest {
    private static final long SECOND = 1_000_000_000L;

    private final Rewriter<String> rewriter = new Rewriter<>(true);
    private final SenderClock clock = new SenderClock(90_000);
    private final LayerReader reader = new LayerReader();
    private final VideoPacket packet = new VideoPacket();
    private final RtpPacket rtp = new RtpPacket();

    private VideoPacket vp8(int sequence, int timestamp, int temporal, boolean key) {
        ByteBuffer bytes = ByteBuffer.allocate(40);
        bytes.put((byte) 0x80)
                .put((byte) 0xe4)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(5);
        bytes.put((byte) 0x90).put((byte) 0x20).put((byte) (temporal << 6)).put((byte) (key ? 0 : 1));
        rtp.wrap(bytes.array(), 0, 40);
        packet.begin(rtp, VideoCodec.VP8, reader, 0, true);
        return packet;
    }

    private VideoPacket protection(int sequence, int timestamp) {
        ByteBuffer bytes = ByteBuffer.allocate(40);
        bytes.put((byte) 0x80)
                .put((byte) 0x75)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(5);
        rtp.wrap(bytes.array(), 0, 40);
        packet.begin(rtp, VideoCodec.OTHER, reader, 0, true);
        packet.markProtection();
        return packet;
    }

    private int sequenceAfter(VideoPacket written) {
        rewriter.write(written, 9);
        int sequence = written.rtp().sequenceNumber();
        written.restore();
        return sequence;
    }

    @Test
    void errorCorrectionPassesOnlyWhileNothingIsLeftOut() {
        assertThat(rewriter.canBegin(protection(99, 0))).isFalse();
        VideoPacket first = vp8(100, 0, 0, true);
        assertThat(rewriter.canBegin(first)).isTrue();
        rewriter.begin(first, "a", clock, false, SECOND);
        assertThat(rewriter.accept(first, SECOND)).isEqualTo(Rewriter.SEND);
        VideoPacket repair = protection(101, 0);
        assertThat(rewriter.accept(repair, SECOND)).isEqualTo(Rewriter.SEND);
        assertThat(sequenceAfter(repair)).isEqualTo(101);
        rewriter.target(0, 0);
        assertThat(rewriter.accept(vp8(102, 3_000, 1, false), SECOND)).isEqualTo(Rewriter.DROP);
        assertThat(rewriter.accept(protection(103, 3_000), SECOND)).isEqualTo(Rewriter.DROP);
        VideoPacket next = vp8(104, 6_000, 0, false);
        assertThat(rewriter.accept(next, SECOND)).isEqualTo(Rewriter.SEND);
        assertThat(sequenceAfter(next)).isEqualTo(102);
    }

    @Test
    void errorCorrectionThatComesLateIsNotSentUnderAnotherNumber() {
        VideoPacket first = vp8(100, 0, 0, true);
        rewriter.begin(first, "a", clock, false, SECOND);
        rewriter.accept(first, SECOND);
        assertThat(rewriter.accept(vp8(102, 3_000, 0, false), SECOND)).isEqualTo(Rewriter.SEND);
        assertThat(rewriter.accept(protection(101, 0), SECOND))
                .as("nothing was left out")
                .isEqualTo(Rewriter.SEND);
        rewriter.target(0, 0);
        assertThat(rewriter.accept(vp8(103, 6_000, 1, false), SECOND)).isEqualTo(Rewriter.DROP);
        assertThat(rewriter.accept(vp8(105, 9_000, 0, false), SECOND)).isEqualTo(Rewriter.SEND);
        assertThat(rewriter.accept(protection(104, 6_000), SECOND))
                .as("its place is filled")
                .isEqualTo(Rewriter.FILL);
    }

    @Test
    void timestampsOfAnotherEncodingFollowTheSendersClock() {
        SenderClock other = new SenderClock(90_000);
        clock.report(100L << 32, 1_000_000);
        other.report(101L << 32, 5_000_000);
        VideoPacket first = vp8(100, 1_000_000, 0, true);
        rewriter.begin(first, "a", clock, false, SECOND);
        rewriter.accept(first, SECOND);
        VideoPacket second = vp8(7, 5_000_000 + 9_000, 0, true);
        rewriter.begin(second, "b", other, true, 2 * SECOND + SECOND / 5);
        rewriter.accept(second, 2 * SECOND + SECOND / 5);
        assertThat(rewriter.timestamp(5_009_000)).isEqualTo(1_000_000 + 90_000 + 9_000);
        assertThat(sequenceAfter(second)).isEqualTo(101);
    }

    @Test
    void timestampsGoForwardWhenClocksDisagree() {
        SenderClock other = new SenderClock(90_000);
        clock.report(100L << 32, 1_000_000);
        other.report(5L << 32, 5_000_000);
        VideoPacket first = vp8(100, 1_000_000, 0, true);
        rewriter.begin(first, "a", clock, false, SECOND);
        rewriter.accept(first, SECOND);
        rewriter.begin(vp8(7, 5_000_000, 0, true), "b", other, true, SECOND + SECOND / 10);
        assertThat(rewriter.timestamp(5_000_000)).isEqualTo(1_000_000 + 9_000);
    }

    @Test
    void aJumpOfTheSenderIsClosedUp() {
        VideoPacket first = vp8(100, 0, 0, true);
        rewriter.begin(first, "a", clock, false, SECOND);
        rewriter.accept(first, SECOND);
        VideoPacket after = vp8(20_000, 3_000, 0, false);
        assertThat(rewriter.accept(after, SECOND)).isEqualTo(Rewriter.SEND);
        assertThat(sequenceAfter(after)).isEqualTo(101);
        assertThat(rewriter.find(101)).isTrue();
        assertThat(rewriter.foundSequence()).isEqualTo(20_000);
        assertThat(rewriter.accept(vp8(19_000, 1_000, 0, false), SECOND)).isEqualTo(Rewriter.DROP);
    }
}
