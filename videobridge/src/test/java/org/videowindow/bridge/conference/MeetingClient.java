package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.videowindow.bridge.feedback.TransportFeedbackSender;
import org.videowindow.bridge.network.VirtualLink;
import org.videowindow.bridge.retransmit.NackGenerator;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.PictureLoss;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;
import org.videowindow.bridge.rtp.SequenceUnwrapper;

/**
 * A simulated browser in a meeting: sends sound and a picture in three sizes, as bursts of frames; receives the others,
 * asks for what it lacks, and gives transport-wide feedback.
 */
final class MeetingClient extends LabClient {
    static final int[] HEIGHTS = {180, 360, 720};

    private static final long AUDIO_INTERVAL = 20 * CallLab.MILLI;
    private static final long FEEDBACK_INTERVAL = 50 * CallLab.MILLI;
    private static final int AUDIO_BYTES = 100;
    private static final int VIDEO_BYTES = 1_150;
    private static final int FIRST_VIDEO = 1;

    /** A key frame is that much larger than others, unless said otherwise. */
    private static final int KEY_FRAME_TIMES = 4;

    private final CallLab lab;
    private final Random random;
    private final TransportFeedbackSender feedback = new TransportFeedbackSender();
    private final Map<Integer, Incoming> incoming = new HashMap<>();
    private final int[] sequences = {65_000, 30_000, 100};
    private final boolean[] keyFrameWanted = {true, true, true};
    private final int[] keyFrames = new int[HEIGHTS.length];
    private final Repetitions[] repetitions = new Repetitions[HEIGHTS.length];
    private long[] rates = {150_000, 500_000, 2_500_000};
    private int framesPerSecond = 30;
    private int[] keyFrameBytes;
    private boolean sends = true;
    private int audioSequence = 65_500;
    private int transportSequence = 65_400;
    private long nextAudio;
    private long nextFrame;
    private long nextFeedback;
    private long bytes;

    /** One stream as it arrives. */
    private static final class Incoming {
        private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        private final NackGenerator missing = new NackGenerator();
        private final Set<Long> seen = new HashSet<>();
        private final Set<Long> seenItself = new HashSet<>();
        private long first = Long.MAX_VALUE;
        private long newest = Long.MIN_VALUE;
        private int twice;
        private int size = -1;
        private int switches;
        private final List<Long> arrivals = new ArrayList<>();
        private final Journeys journeys = new Journeys();
        private final PictureDecoder decoder = new PictureDecoder();
    }

    private MeetingClient(CallLab lab, String id, int number, long seed, EndpointTransport bridge) {
        super(lab, id, 20_000 + number, 1_000 * (number + 1), bridge);
        this.lab = lab;
        this.random = new Random(seed);
        for (int size = 0; size < HEIGHTS.length; size++) {
            repetitions[size] = new Repetitions(audioSsrc() + FIRST_VIDEO + HEIGHTS.length + size);
        }
        silent();
    }

    /** Joins behind links of its own or shared ones. */
    static MeetingClient join(CallLab lab, int number, long seed, VirtualLink down, VirtualLink up)
            throws ConferenceException {
        String id = String.format("%08x", 0xc000_0000 + number);
        EndpointTransport transport = lab.conference().addEndpoint(id, Offers.standard(), lab.now());
        MeetingClient client = new MeetingClient(lab, id, number, seed, transport);
        lab.behind(client, down, up);
        return lab.join(
                client,
                List.of(
                        Offers.audio(id, client.audioSsrc()),
                        Offers.simulcast(id, client.audioSsrc() + FIRST_VIDEO, HEIGHTS.length)));
    }

    /** It only receives. */
    MeetingClient watching() {
        sends = false;
        return this;
    }

    /** The sizes of its picture take that much. */
    MeetingClient sending(long... bitsPerSecond) {
        rates = bitsPerSecond;
        return this;
    }

    /** Its picture hardly moves: few frames, small ones, but key frames of these sizes. */
    MeetingClient still(int newFramesPerSecond, int... newKeyFrameBytes) {
        framesPerSecond = newFramesPerSecond;
        keyFrameBytes = newKeyFrameBytes;
        return this;
    }

    // --- Sending ---

    @Override
    void tick(long now) {
        super.tick(now);
        if (!isUp()) {
            return;
        }
        if (now >= nextAudio) {
            nextAudio = now + AUDIO_INTERVAL;
            sendSound();
        }
        if (sends && now >= nextFrame) {
            nextFrame = Math.max(nextFrame + 1_000_000_000L / framesPerSecond, now);
            for (int size = 0; size < HEIGHTS.length; size++) {
                sendFrame(size, now);
            }
        }
        if (now >= nextFeedback) {
            nextFeedback = now + FEEDBACK_INTERVAL;
            report(now);
        }
    }

    private void sendSound() {
        sendRtp(MediaPackets.rtp(
                MediaKind.AUDIO,
                Offers.OPUS,
                audioSsrc(),
                audioSequence,
                audioSequence * 960,
                nextTransport(),
                new byte[AUDIO_BYTES]));
        audioSequence = (audioSequence + 1) & 0xffff;
    }

    private void sendFrame(int size, long now) {
        boolean key = keyFrameWanted[size];
        keyFrameWanted[size] = false;
        keyFrames[size] += key ? 1 : 0;
        double bytes = rates[size] / 8.0 / framesPerSecond * Math.max(0.4, 1 + 0.15 * random.nextGaussian());
        int keyBytes = keyFrameBytes == null ? (int) (bytes * KEY_FRAME_TIMES) : keyFrameBytes[size];
        int left = key ? keyBytes : (int) bytes;
        boolean start = true;
        while (left > 0) {
            int length = Math.max(40, Math.min(left, VIDEO_BYTES));
            left -= length;
            byte[] payload = MediaPackets.vp8(key, start, length);
            if (key && start) {
                int width = HEIGHTS[size] * 16 / 9;
                payload[7] = (byte) width;
                payload[8] = (byte) (width >> 8);
                payload[9] = (byte) HEIGHTS[size];
                payload[10] = (byte) (HEIGHTS[size] >> 8);
            }
            payload[20] = (byte) size;
            BigEndian.putI64(payload, 24, now);
            byte[] packet = MediaPackets.rtp(
                    MediaKind.VIDEO,
                    Offers.VP8,
                    audioSsrc() + FIRST_VIDEO + size,
                    sequences[size],
                    (int) (now / 11_111),
                    nextTransport(),
                    payload);
            packet[1] |= (byte) (left <= 0 ? 0x80 : 0);
            sequences[size] = (sequences[size] + 1) & 0xffff;
            repetitions[size].keep(packet);
            sendRtp(packet);
            start = false;
        }
    }

    private int nextTransport() {
        int number = transportSequence;
        transportSequence = (transportSequence + 1) & 0xffff;
        return number;
    }

    private void report(long now) {
        byte[] message = new byte[1_100];
        int length = feedback.write(message, 0, message.length, audioSsrc(), 1, now);
        if (length > 0) {
            sendRtcp(Arrays.copyOf(message, length));
        }
        int[] lost = new int[NackGenerator.MAX_MISSING];
        incoming.forEach((ssrc, stream) -> {
            int count = ssrc % 1_000 == 0 ? 0 : stream.missing.collect(now, lost);
            if (count > 0) {
                byte[] nack = new byte[Nack.maxBytes(count)];
                sendRtcp(Arrays.copyOf(nack, Nack.write(nack, 0, audioSsrc(), ssrc, lost, count)));
            }
            if (stream.decoder.asksForKeyFrame(now)) {
                byte[] request = new byte[PictureLoss.BYTES];
                PictureLoss.write(request, 0, audioSsrc(), ssrc);
                sendRtcp(request);
            }
        });
    }

    // --- Receiving ---

    @Override
    void receive(byte[] datagram, long now) {
        if ((datagram[0] & 0xff) <= 3) {
            super.receive(datagram, now);
            return;
        }
        bytes += datagram.length;
        byte[] clear = new byte[datagram.length];
        int second = datagram[1] & 0xff;
        if (second >= 192 && second <= 223) {
            int length = opener().unprotectRtcp(datagram, 0, datagram.length, clear, 0);
            RtcpCompound compound = new RtcpCompound();
            if (length > 0 && compound.wrap(clear, 0, length)) {
                while (compound.next()) {
                    if (compound.kind() == RtcpCompound.Kind.PICTURE_LOSS) {
                        keyFrameWanted[compound.mediaSsrc() - audioSsrc() - FIRST_VIDEO] = true;
                    } else if (compound.kind() == RtcpCompound.Kind.NACK) {
                        repetitions[compound.mediaSsrc() - audioSsrc() - FIRST_VIDEO].answer(
                                compound, this::nextTransport, this::sendRtp);
                    }
                }
            }
            return;
        }
        int length = opener().unprotect(datagram, 0, datagram.length, clear, 0);
        if (length < 0) {
            // The network doubled it.
            return;
        }
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(clear, 0, length)).isTrue();
        int transport = packet.transportSequence(Offers.TRANSPORT);
        if (transport >= 0) {
            feedback.received(transport, now);
        }
        if (packet.payloadType() != Offers.RTX) {
            take(packet.ssrc(), packet.sequenceNumber(), packet, false, now);
        } else if (packet.payloadLength() > Rtx.OVERHEAD) {
            int original = BigEndian.u16(packet.buffer(), packet.payloadOffset());
            take(packet.ssrc() - HEIGHTS.length, original, packet, true, now);
        }
    }

    private void take(int ssrc, int sequence, RtpPacket packet, boolean again, long now) {
        Incoming stream = incoming.computeIfAbsent(ssrc, key -> new Incoming());
        long full = stream.unwrapper.unwrap(sequence);
        stream.missing.received(sequence, now);
        if (!again && !stream.seenItself.add(full)) {
            stream.twice++;
        }
        if (!stream.seen.add(full)) {
            return;
        }
        stream.first = Math.min(stream.first, full);
        stream.newest = Math.max(stream.newest, full);
        stream.arrivals.add(now);
        if (ssrc % 1_000 != 0) {
            stream.decoder.received(full, PictureDecoder.Piece.of(packet, again), now);
        }
        if (!again && ssrc % 1_000 != 0 && packet.payloadLength() > 20) {
            int size = packet.buffer()[packet.payloadOffset() + 20];
            stream.switches += stream.size >= 0 && stream.size != size ? 1 : 0;
            stream.size = size;
            stream.journeys.ended(full, now - BigEndian.i64(packet.buffer(), packet.payloadOffset() + 24));
        }
    }

    // --- What it has seen ---

    private Incoming video(MeetingClient of) {
        return incoming.computeIfAbsent(of.audioSsrc() + FIRST_VIDEO, key -> new Incoming());
    }

    private Incoming sound(MeetingClient of) {
        return incoming.computeIfAbsent(of.audioSsrc(), key -> new Incoming());
    }

    /** Size of the picture that arrives, -1 for none yet. */
    int sizeOf(MeetingClient of) {
        return video(of).size;
    }

    int switchesOf(MeetingClient of) {
        return video(of).switches;
    }

    /** How the packets of the picture travelled that were sent once. */
    Journeys journeysOf(MeetingClient of) {
        return video(of).journeys;
    }

    /** Part of the packets of sound that arrived. */
    double soundArrived(MeetingClient of) {
        Incoming stream = sound(of);
        return stream.seen.size() / (double) (stream.newest - stream.first + 1);
    }

    /** The longest time without sound since then. */
    long longestSilenceMillis(MeetingClient of, long since) {
        return longestPauseMillis(sound(of), since);
    }

    /** The longest time without a packet of the picture since then. */
    long longestStandstillMillis(MeetingClient of, long since) {
        return longestPauseMillis(video(of), since);
    }

    /** The longest time without a new frame of the picture on the screen since then. */
    long longestStillMillis(MeetingClient of, long since) {
        return longestPauseMillis(video(of).decoder.shown(), since);
    }

    /** How long after that a picture smaller than this was shown first, -1 if none was. */
    long smallerAfterMillis(MeetingClient of, int size, long since) {
        long at = video(of).decoder.shownBelow(size, since);
        return at < 0 ? -1 : (at - since) / CallLab.MILLI;
    }

    /** Size of the picture on the screen, -1 before the first. */
    int shownSizeOf(MeetingClient of) {
        return video(of).decoder.size();
    }

    /** Key frames that it asked for because of that picture. */
    int keyFramesAskedFor(MeetingClient of) {
        return video(of).decoder.keyFramesAskedFor();
    }

    /** Packets of the picture that came since then. */
    long videoPackets(MeetingClient of, long since) {
        return video(of).arrivals.stream().filter(arrival -> arrival >= since).count();
    }

    private long longestPauseMillis(Incoming stream, long since) {
        return longestPauseMillis(stream.arrivals, since);
    }

    private long longestPauseMillis(List<Long> times, long since) {
        long last = since;
        long longest = 0;
        for (long arrival : times) {
            if (arrival >= since) {
                longest = Math.max(longest, arrival - last);
                last = arrival;
            }
        }
        return Math.max(longest, lab.now() - last) / CallLab.MILLI;
    }

    /** Packets of pictures that never came. */
    long missingOf(MeetingClient of) {
        Incoming stream = video(of);
        return stream.newest - stream.first + 1 - stream.seen.size();
    }

    /** Bytes of media and reports that arrived. */
    long bytes() {
        return bytes;
    }

    /** Counts {@link #bytes} from now on. */
    void forgetBytes() {
        bytes = 0;
    }

    /** Packets that came more than once without being repetitions. */
    int twice() {
        return incoming.values().stream().mapToInt(stream -> stream.twice).sum();
    }

    /** Key frames it was asked for. */
    int keyFrames() {
        return Arrays.stream(keyFrames).sum();
    }

    /** What the bridge thinks that it can take. */
    long estimate() throws ConferenceException {
        return lab.conference().require(id()).outbound().estimate(lab.now());
    }
}
