package org.videowindow.bridge.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.layers.ModelEncoding.Mode;
import org.videowindow.bridge.retransmit.PacketRing;
import org.videowindow.bridge.rtp.EmptyPacket;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * A receiver is moved a thousand times between encodings, spatial and temporal layers at random, over a network that loses,
 * reorders and repeats: it sees one stream, without gaps, that its decoder can play.
 */
class RandomSwitchesTest {
    private static final int SWITCHES = 1_000;
    private static final long MILLI = 1_000_000L;
    private static final long PICTURE_MILLIS = 33;

    private enum Kind {
        VP8_SIMULCAST,
        VP8_SIMULCAST_DESCRIBED,
        VP9_SIMULCAST,
        VP9_SCALABLE,
        VP9_SCALABLE_KEY,
        AV1_SIMULCAST,
        AV1_SCALABLE,
        H264_SIMULCAST;

        Mode mode() {
            return switch (this) {
                case VP8_SIMULCAST -> new Mode(VideoCodec.VP8, 3, 1, 3, false, false);
                case VP8_SIMULCAST_DESCRIBED -> new Mode(VideoCodec.VP8, 3, 1, 3, false, true);
                case VP9_SIMULCAST -> new Mode(VideoCodec.VP9, 3, 1, 3, false, false);
                case VP9_SCALABLE -> new Mode(VideoCodec.VP9, 1, 3, 3, false, false);
                case VP9_SCALABLE_KEY -> new Mode(VideoCodec.VP9, 1, 3, 3, true, false);
                case AV1_SIMULCAST -> new Mode(VideoCodec.AV1, 3, 1, 3, false, true);
                case AV1_SCALABLE -> new Mode(VideoCodec.AV1, 1, 3, 3, false, true);
                case H264_SIMULCAST -> new Mode(VideoCodec.H264, 3, 1, 1, false, false);
            };
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrival(long at, long order, int encoding, byte[] packet) {}

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aThousandSwitchesOverAPerfectNetworkLeaveNoTrace(Kind kind) {
        new Run(kind.mode(), 0, System.nanoTime()).go();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aThousandSwitchesOverABadNetworkLeaveNoTrace(Kind kind) {
        new Run(kind.mode(), 0.03, System.nanoTime()).go();
    }

    private static final class Run {
        private final Mode mode;
        private final double loss;
        private final long seed;
        private final Random random;
        private final Map<Integer, ModelFrame> frames = new HashMap<>();
        private final List<ModelEncoding> encodings = new ArrayList<>();
        private final PriorityQueue<Arrival> network = new PriorityQueue<>(
                java.util.Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::order));
        private final Rewriter<ModelEncoding> rewriter = new Rewriter<>(true);
        private final VideoPacket packet = new VideoPacket();
        private final RtpPacket rtp = new RtpPacket();
        private final ModelReceiver receiver;
        private final byte[] empty = new byte[12];
        private final byte[] longer = new byte[500];
        private ModelEncoding current;
        private ModelEncoding waiting;
        private int switches;
        private long order;

        Run(Mode mode, double loss, long seed) {
            this.mode = mode;
            this.loss = loss;
            this.seed = seed;
            random = new Random(seed);
            for (int i = 0; i < mode.encodings(); i++) {
                encodings.add(new ModelEncoding(mode, i, random, frames));
            }
            receiver = new ModelReceiver(mode, frames);
            waiting = encodings.getFirst();
        }

        void go() {
            try {
                long millis = 0;
                while (switches < SWITCHES) {
                    millis += PICTURE_MILLIS;
                    send(millis);
                    for (long now = millis; now < millis + PICTURE_MILLIS; now++) {
                        deliver(now * MILLI);
                    }
                    wish();
                    repeat(receiver.gaps(8), (millis + PICTURE_MILLIS) * MILLI);
                }
                deliver(Long.MAX_VALUE / 2);
                repeat(receiver.gaps(0), (millis + 100) * MILLI);
                receiver.check(loss > 0);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + " at switch " + switches + ": " + e.getMessage(), e);
            }
        }

        /** Lost packets come again some time later: the sender is asked for them. */
        private void send(long millis) {
            for (int i = 0; i < encodings.size(); i++) {
                // One after the other, or packets of all encodings mixed.
                long at = (millis + (loss == 0 ? i * 4L : 0)) * MILLI;
                for (byte[] sent : encodings.get(i).picture(millis)) {
                    at += 100_000;
                    double luck = random.nextDouble();
                    long delay = luck < loss
                            ? (40 + random.nextInt(60)) * MILLI
                            : luck < 2 * loss ? random.nextInt(10) * MILLI / 4 : 0;
                    network.add(new Arrival(at + delay, order++, i, sent));
                }
            }
        }

        private void wish() {
            if (random.nextInt(4) != 0) {
                return;
            }
            switches++;
            rewriter.target(random.nextInt(mode.spatial()), random.nextInt(mode.temporal()));
            ModelEncoding wanted = encodings.get(random.nextInt(encodings.size()));
            waiting = wanted == current ? null : wanted;
            wanted.keyWanted |= waiting != null || random.nextInt(4) == 0;
        }

        private void deliver(long now) {
            while (!network.isEmpty() && network.peek().at() <= now) {
                Arrival arrival = network.poll();
                arrived(encodings.get(arrival.encoding()), arrival.packet(), Math.min(now, arrival.at()));
            }
        }

        private void arrived(ModelEncoding from, byte[] bytes, long now) {
            PacketRing ring = from.ring;
            int at = ring.reserve(bytes.length, now);
            System.arraycopy(bytes, 0, ring.buffer(), at, bytes.length);
            assertThat(rtp.wrap(ring.buffer(), at, bytes.length)).isTrue();
            int sequence = rtp.sequenceNumber();
            boolean newest = ring.ahead(sequence) > 0 || ring.newestSequence() == PacketRing.NONE;
            packet.begin(rtp, mode.codec(), from.reader, ModelEncoding.DESCRIPTOR_ID, newest);
            ring.commit(sequence, bytes.length, now);
            if (from == waiting && rewriter.canBegin(packet)) {
                rewriter.begin(packet, from, from.clock, true, now);
                current = from;
                waiting = null;
            }
            if (from != current) {
                return;
            }
            int outcome = rewriter.accept(packet, now);
            boolean lost = random.nextDouble() < loss;
            if (outcome == Rewriter.SEND) {
                rewriter.write(packet, ModelReceiver.SSRC);
                receiver.sent(written(from), lost);
                if (newest) {
                    receiver.reaches(rewriter.spatial(), rewriter.temporal());
                }
            } else if (outcome == Rewriter.FILL) {
                int length = EmptyPacket.write(
                        empty, 100, rewriter.sequence(), rewriter.timestamp(packet.timestamp()), ModelReceiver.SSRC);
                assertThat(length).isEqualTo(empty.length);
                receiver.sent(empty.clone(), lost);
            }
            packet.restore();
            assertThat(ModelReceiver.copy(rtp))
                    .as("the sender's numbers are back")
                    .isEqualTo(bytes);
            if (rewriter.needsKeyPicture() && random.nextInt(20) == 0) {
                current.keyWanted = true;
            }
        }

        /** The packet as it leaves: longer where it says which targets the receiver gets. */
        private byte[] written(ModelEncoding from) {
            int length = packet.isLimited() ? packet.writeLimited(from.reader, longer) : 0;
            return length > 0 ? Arrays.copyOf(longer, length) : ModelReceiver.copy(rtp);
        }

        private void repeat(List<Integer> gaps, long now) {
            for (int gap : gaps) {
                if (!rewriter.find(gap)) {
                    continue;
                }
                PacketRing ring = rewriter.foundOrigin().ring;
                int entry = ring.find(rewriter.foundSequence(), now, 2_000_000_000L);
                if (entry == PacketRing.NONE) {
                    continue;
                }
                rtp.wrap(ring.buffer(), ring.offset(entry), ring.length(entry));
                packet.begin(rtp, mode.codec(), rewriter.foundOrigin().reader, ModelEncoding.DESCRIPTOR_ID, false);
                if (rewriter.foundEmpty() || !rewriter.foundIsWanted(packet)) {
                    int timestamp = rewriter.timestamp(packet.timestamp());
                    EmptyPacket.write(empty, 100, gap, timestamp, ModelReceiver.SSRC);
                    receiver.repeatedEmpty(empty.clone());
                } else {
                    rewriter.writeFound(packet, ModelReceiver.SSRC);
                    receiver.repeated(written(rewriter.foundOrigin()));
                    packet.restore();
                }
            }
        }
    }
}
