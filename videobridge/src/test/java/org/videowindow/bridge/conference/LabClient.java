package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.videowindow.bridge.dtls.SrtpKeyMaterial;
import org.videowindow.bridge.ice.StunMessages;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.PictureLoss;
import org.videowindow.bridge.rtcp.ReceiverReport;
import org.videowindow.bridge.rtcp.ReportBlock;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtcp.SenderReport;
import org.videowindow.bridge.rtcp.TransportFeedback;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;
import org.videowindow.bridge.srtp.SrtpProfile;
import org.videowindow.bridge.srtp.SrtpReceiver;
import org.videowindow.bridge.srtp.SrtpSender;

/** A simulated browser: checks, sends sound and pictures, repeats what it is asked for, asks for what it lacks. */
class LabClient {
    private static final long AUDIO_INTERVAL = 20 * CallLab.MILLI;
    private static final long FRAME_INTERVAL = 40 * CallLab.MILLI;
    private static final long CHECK_INTERVAL = 500 * CallLab.MILLI;
    private static final long NACK_INTERVAL = 20 * CallLab.MILLI;
    private static final long ESTIMATE_INTERVAL = 500 * CallLab.MILLI;
    private static final long REPORT_INTERVAL = 500 * CallLab.MILLI;
    private static final int PACKETS_PER_FRAME = 4;

    private final CallLab lab;
    private final String id;
    private final int audioSsrc;
    private EndpointTransport bridge;
    private final byte[] sendKey = new byte[16];
    private final byte[] receiveKey = new byte[16];
    private final SrtpSender sender;
    private final SrtpReceiver receiver;
    private final Map<Integer, byte[]> history = new HashMap<>();
    private final Map<Integer, NavigableSet<Integer>> received = new TreeMap<>();
    private final Map<Integer, Long> keyFrames = new TreeMap<>();
    private final Map<Integer, byte[]> newestPayload = new HashMap<>();
    private final Map<Integer, Integer> newestType = new HashMap<>();
    private final Map<Integer, Integer> newestPadding = new HashMap<>();
    private final List<Integer> transportSequences = new ArrayList<>();
    private final Set<Integer> reportedReceived = new TreeSet<>();
    private final Set<Integer> reportedLost = new TreeSet<>();
    private final List<Long> senderReportNtp = new ArrayList<>();
    private final List<Long> keyFrameRequestTimes = new ArrayList<>();
    private int port;
    private boolean sendsAudio = true;
    private boolean sendsVideo = true;
    private boolean checks = true;
    private int level = 127;
    private int audioSequence = 65_500;
    private int videoSequence = 65_000;
    private int repeatSequence = 100;
    private int transportSequence = 65_400;
    private boolean keyFrameWanted = true;
    private boolean connected;
    private boolean hello;
    private long nextAudio;
    private long nextFrame;
    private long nextCheck;
    private long nextNack;
    private long nextReport;
    private int nacksReceived;
    private int receiverReports;
    private int lastFractionLost;
    private int videoPacketsSent;
    private SimulcastCamera simulcast;
    private final Map<Integer, NavigableMap<Integer, Integer>> encodings = new HashMap<>();

    /** On which SSRC which sources are, the present one last; for a client that maps sources. */
    private final Map<Integer, List<Integer>> sourcesOn = new HashMap<>();

    private final Map<Integer, Integer> repeatedBy = new HashMap<>();

    private long capacity = 50_000_000;
    private long nextEstimate;

    LabClient(CallLab lab, String id, int port, int audioSsrc, EndpointTransport bridge) {
        this.lab = lab;
        this.id = id;
        this.port = port;
        this.audioSsrc = audioSsrc;
        this.bridge = bridge;
        Arrays.fill(sendKey, (byte) audioSsrc);
        Arrays.fill(receiveKey, (byte) ~audioSsrc);
        sender = new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, sendKey, new byte[12]);
        receiver = new SrtpReceiver(SrtpProfile.AEAD_AES_128_GCM, receiveKey, new byte[12]);
    }

    RemoteTransport signalled() {
        return new RemoteTransport(
                fragment(),
                "0123456789012345678901",
                List.of(new Fingerprint("sha-256", "00" + ":00".repeat(31))),
                DtlsSetup.ACTIVE,
                bridge.generation());
    }

    /** What it knows of the bridge. */
    EndpointTransport bridge() {
        return bridge;
    }

    /** Its own ICE fragment, another one after each restart. */
    private String fragment() {
        return "cli" + id + (bridge.generation() == 0 ? "" : "r" + bridge.generation());
    }

    /** Checks by the credentials of a restart from now on. */
    void restart(EndpointTransport restarted) {
        bridge = restarted;
        nextCheck = 0;
    }

    /** Keys as the bridge's handshake yields them. */
    SrtpKeyMaterial bridgeKeys() {
        return new SrtpKeyMaterial(
                SrtpProfile.AEAD_AES_128_GCM, sendKey.clone(), new byte[12], receiveKey.clone(), new byte[12]);
    }

    /** Whether the bridge knows its keys: it may send. */
    boolean isUp() {
        return hello;
    }

    SrtpReceiver opener() {
        return receiver;
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    int audioSsrc() {
        return audioSsrc;
    }

    int videoSsrc() {
        return audioSsrc + 1;
    }

    int repeatSsrc() {
        return audioSsrc + 2;
    }

    /** Sends a picture in several sizes instead of its own. */
    SimulcastCamera simulcast() {
        sendsVideo = false;
        simulcast = new SimulcastCamera(this);
        return simulcast;
    }

    LabClient silent() {
        sendsAudio = false;
        sendsVideo = false;
        return this;
    }

    LabClient withoutVideo() {
        sendsVideo = false;
        return this;
    }

    LabClient withVideo() {
        sendsVideo = true;
        return this;
    }

    LabClient speaking(int loudness) {
        level = loudness;
        return this;
    }

    void stopChecking() {
        checks = false;
    }

    /** Moves to another port and nominates it. */
    void moveTo(int newPort) {
        port = newPort;
        lab.route(newPort, this);
        nextCheck = 0;
    }

    // --- Sending ---

    void tick(long now) {
        if (checks && now >= nextCheck) {
            nextCheck = now + CHECK_INTERVAL;
            lab.toBridge(port, check(port + now, true));
        }
        if (connected && !hello) {
            hello = true;
            lab.toBridge(port, clientHello());
        }
        if (!hello) {
            return;
        }
        if (simulcast != null) {
            simulcast.tick(now);
        }
        if (sendsAudio && now >= nextAudio) {
            nextAudio = now + AUDIO_INTERVAL;
            sendAudio();
        }
        if (sendsVideo && now >= nextFrame) {
            nextFrame = now + FRAME_INTERVAL;
            sendFrame(now);
        }
        if (now >= nextEstimate) {
            nextEstimate = now + ESTIMATE_INTERVAL;
            sendRtcp(estimate(audioSsrc, capacity));
        }
        if (now >= nextNack) {
            nextNack = now + NACK_INTERVAL;
            askForMissing();
        }
        if (sendsVideo && now >= nextReport) {
            nextReport = now + REPORT_INTERVAL;
            byte[] report = new byte[SenderReport.BYTES];
            SenderReport.write(report, 0, videoSsrc(), ntp(now), (int) (now / 11_111), videoPacketsSent, 0);
            sendRtcp(report);
        }
    }

    /** It can take this much (draft-alvestrand-rmcat-remb); by itself it says that it can take everything. */
    LabClient canTake(long bitsPerSecond) {
        capacity = bitsPerSecond;
        nextEstimate = 0;
        return this;
    }

    /** The packet that says it. */
    static byte[] estimate(int sender, long bitsPerSecond) {
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        return ByteBuffer.allocate(24)
                .putInt(0x8fce0005)
                .putInt(sender)
                .putInt(0)
                .putInt(0x52454d42)
                .putInt((1 << 24) | (exponent << 18) | (int) (bitsPerSecond >> exponent))
                .putInt(sender)
                .array();
    }

    /** The client's wall clock: any clock of its own. */
    static long ntp(long now) {
        return (1_000_000L << 32) + now * 4;
    }

    byte[] check(long transaction, boolean nominate) {
        byte[] transactionId =
                ByteBuffer.allocate(12).putLong(transaction).putInt(audioSsrc).array();
        return StunMessages.check(transactionId, bridge.ufrag() + ":" + fragment(), bridge.password(), nominate);
    }

    static byte[] clientHello() {
        return ByteBuffer.allocate(27)
                .put((byte) 22)
                .putShort((short) 0xfefd)
                .putLong(0)
                .putShort((short) 14)
                .putInt((1 << 24) | 2)
                .putInt(0)
                .putInt(2)
                .putShort((short) 0)
                .array();
    }

    private void sendAudio() {
        byte[] packet = MediaPackets.rtp(
                MediaKind.AUDIO,
                Offers.OPUS,
                audioSsrc,
                audioSequence,
                audioSequence * 960,
                nextTransport(),
                content(audioSsrc, audioSequence, 60));
        audioSequence = (audioSequence + 1) & 0xffff;
        sendRtp(MediaPackets.withLevel(packet, level));
    }

    private void sendFrame(long now) {
        boolean keyFrame = keyFrameWanted;
        keyFrameWanted = false;
        for (int i = 0; i < PACKETS_PER_FRAME; i++) {
            sendRtp(nextVideoPacket(keyFrame, i == 0, now));
        }
    }

    /** The next packet of its picture, in the clear; kept for repetition. */
    byte[] nextVideoPacket(boolean keyFrame, boolean startOfFrame, long now) {
        byte[] payload = MediaPackets.vp8(keyFrame, startOfFrame, 600);
        ByteBuffer.wrap(payload).putInt(20, videoSsrc()).putInt(24, videoSequence);
        byte[] packet = MediaPackets.rtp(
                MediaKind.VIDEO,
                Offers.VP8,
                videoSsrc(),
                videoSequence,
                (int) (now / 11_111),
                nextTransport(),
                payload);
        history.put(videoSequence, packet);
        history.remove((videoSequence - 2_000) & 0xffff);
        videoSequence = (videoSequence + 1) & 0xffff;
        videoPacketsSent++;
        return packet;
    }

    int takeTransport() {
        return nextTransport();
    }

    private int nextTransport() {
        int number = transportSequence;
        transportSequence = (transportSequence + 1) & 0xffff;
        return number;
    }

    private static byte[] content(int ssrc, int sequence, int length) {
        byte[] payload = new byte[length];
        ByteBuffer.wrap(payload).putInt(20, ssrc).putInt(24, sequence);
        return payload;
    }

    byte[] seal(byte[] packet) {
        byte[] sealed = new byte[packet.length + 64];
        return Arrays.copyOf(sealed, sender.protect(packet, 0, packet.length, sealed, 0));
    }

    /** As {@link #seal}; {@code null} for what is no packet. */
    byte[] trySeal(byte[] packet) {
        byte[] sealed = new byte[packet.length + 64];
        int length = sender.protect(packet, 0, packet.length, sealed, 0);
        return length < 0 ? null : Arrays.copyOf(sealed, length);
    }

    byte[] sealRtcp(byte[] packet) {
        byte[] sealed = new byte[packet.length + 64];
        return Arrays.copyOf(sealed, sender.protectRtcp(packet, 0, packet.length, sealed, 0));
    }

    void sendRtp(byte[] packet) {
        lab.toBridge(port, seal(packet));
    }

    void sendRtcp(byte[] packet) {
        lab.toBridge(port, sealRtcp(packet));
    }

    void askKeyFrame(LabClient of) {
        byte[] request = new byte[PictureLoss.BYTES];
        PictureLoss.write(request, 0, audioSsrc, of.videoSsrc());
        sendRtcp(request);
    }

    private void askForMissing() {
        received.forEach((ssrc, packets) -> {
            boolean video = sourcesOn.containsKey(ssrc) ? repeatedBy.containsValue(ssrc) : ssrc % 1_000 == 1;
            if (!video || packets.isEmpty()) {
                return;
            }
            List<Integer> missing = new ArrayList<>();
            for (int full = Math.max(packets.first(), packets.last() - 200); full < packets.last(); full++) {
                if (!packets.contains(full)) {
                    missing.add(full & 0xffff);
                }
            }
            if (!missing.isEmpty() && missing.size() < 100) {
                byte[] nack = new byte[Nack.maxBytes(missing.size())];
                int length = Nack.write(
                        nack,
                        0,
                        audioSsrc,
                        ssrc,
                        missing.stream().mapToInt(n -> n).toArray(),
                        missing.size());
                sendRtcp(Arrays.copyOf(nack, length));
            }
        });
    }

    // --- Receiving ---

    void receive(byte[] datagram, long now) {
        int first = datagram[0] & 0xff;
        if (first <= 3) {
            assertThat(datagram[1]).as("success").isEqualTo((byte) 1);
            connected = true;
            return;
        }
        byte[] clear = new byte[datagram.length];
        int second = datagram[1] & 0xff;
        if (second >= 192 && second <= 223) {
            int length = receiver.unprotectRtcp(datagram, 0, datagram.length, clear, 0);
            assertThat(length).isPositive();
            RtcpCompound compound = new RtcpCompound();
            assertThat(compound.wrap(clear, 0, length)).isTrue();
            while (compound.next()) {
                receiveRtcp(compound, now);
            }
            return;
        }
        int length = receiver.unprotect(datagram, 0, datagram.length, clear, 0);
        assertThat(length).as("SRTP status at " + id).isPositive();
        receiveRtp(Arrays.copyOf(clear, length), now);
    }

    private void receiveRtp(byte[] bytes, long now) {
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
        assertThat(packet.findExtension(Offers.MID)).as("mid is not forwarded").isFalse();
        transportSequences.add(packet.transportSequence(Offers.TRANSPORT));
        if (packet.payloadType() == Offers.RTX) {
            byte[] original = new byte[bytes.length];
            int repeated = repeatedBy.getOrDefault(packet.ssrc(), packet.ssrc() - 1);
            int length = Rtx.unwrap(packet, original, 0, repeated, Offers.VP8);
            RtpPacket restored = new RtpPacket();
            assertThat(restored.wrap(original, 0, length)).isTrue();
            keep(restored);
            return;
        }
        if (packet.payloadType() == Offers.VP8
                && (packet.buffer()[packet.payloadOffset()] & 0x10) != 0
                && (packet.buffer()[packet.payloadOffset() + 1] & 1) == 0) {
            keyFrames.put(packet.ssrc(), now);
        }
        keep(packet);
    }

    /** Keeps a number that does not wrap: those above 32768 came first. */
    private void keep(RtpPacket packet) {
        int full = packet.sequenceNumber() + (packet.sequenceNumber() < 32_768 ? 65_536 : 0);
        byte[] payload = Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
        assertThat(ByteBuffer.wrap(payload).getInt(20))
                .as("content")
                .isIn(sourcesOn.getOrDefault(packet.ssrc(), List.of(packet.ssrc())));
        received.computeIfAbsent(packet.ssrc(), ssrc -> new TreeSet<>()).add(full);
        newestPayload.put(packet.ssrc(), payload);
        newestType.put(packet.ssrc(), packet.payloadType());
        newestPadding.put(packet.ssrc(), packet.paddingLength());
        encodings
                .computeIfAbsent(packet.ssrc(), ssrc -> new TreeMap<>())
                .put(full, ByteBuffer.wrap(payload).getInt(28));
    }

    private void receiveRtcp(RtcpCompound compound, long now) {
        switch (compound.kind()) {
            case PICTURE_LOSS -> {
                if (simulcast == null) {
                    assertThat(compound.mediaSsrc()).isEqualTo(videoSsrc());
                } else {
                    simulcast.keyFrameAsked(compound.mediaSsrc(), now);
                }
                keyFrameRequestTimes.add(now);
                keyFrameWanted = true;
            }
            case NACK -> repeat(compound);
            case SENDER_REPORT -> senderReportNtp.add(SenderReport.ntp(compound.buffer(), compound.offset()));
            case RECEIVER_REPORT -> {
                receiverReports++;
                for (int i = 0; i < compound.countOrFormat(); i++) {
                    int block = ReceiverReport.blockOffset(compound.offset(), i);
                    if (ReportBlock.ssrc(compound.buffer(), block) == videoSsrc()) {
                        lastFractionLost = ReportBlock.fractionLost(compound.buffer(), block);
                    }
                }
            }
            case TRANSPORT_WIDE_FEEDBACK -> {
                TransportFeedback feedback = new TransportFeedback();
                assertThat(feedback.wrap(compound)).isTrue();
                while (feedback.next()) {
                    (feedback.received() ? reportedReceived : reportedLost).add(feedback.sequence());
                }
            }
            default -> {}
        }
    }

    private void repeat(RtcpCompound compound) {
        for (int i = 0; i < Nack.entries(compound.length()); i++) {
            for (int position = 0; position < 17; position++) {
                int lost = Nack.lost(compound.buffer(), compound.offset(), i, position);
                byte[] packet = lost < 0 ? null : history.get(lost);
                if (packet != null) {
                    nacksReceived++;
                    RtpPacket original = new RtpPacket();
                    original.wrap(packet, 0, packet.length);
                    byte[] repetition = new byte[packet.length + Rtx.OVERHEAD];
                    int length = Rtx.wrap(original, repetition, 0, repeatSsrc(), Offers.RTX, repeatSequence);
                    repeatSequence = (repeatSequence + 1) & 0xffff;
                    RtpPacket view = new RtpPacket();
                    view.wrap(repetition, 0, length);
                    view.transportSequence(Offers.TRANSPORT, nextTransport());
                    sendRtp(Arrays.copyOf(repetition, length));
                }
            }
        }
    }

    /** It is told that a source, known to its sender by another SSRC, is on this one from now on. */
    void mapped(int ssrc, int repeatSsrc, int senderSsrc) {
        sourcesOn.computeIfAbsent(ssrc, key -> new ArrayList<>()).add(senderSsrc);
        if (repeatSsrc != -1) {
            repeatedBy.put(repeatSsrc, ssrc);
        }
    }

    /** Where it was told that this source is now, or 0. */
    int ssrcOf(int senderSsrc) {
        return sourcesOn.entrySet().stream()
                .filter(entry -> entry.getValue().getLast() == senderSsrc)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    // --- What it has seen ---

    /** SSRCs it has received packets of. */
    Set<Integer> ssrcs() {
        return received.keySet();
    }

    /** Packets of a stream, by sequence numbers that do not wrap. */
    NavigableSet<Integer> packets(int ssrc) {
        return received.getOrDefault(ssrc, new TreeSet<>());
    }

    /** Payload of the packet of a stream that came last. */
    byte[] newestPayload(int ssrc) {
        return newestPayload.get(ssrc);
    }

    /** Payload type of the packet of a stream that came last. */
    int newestType(int ssrc) {
        return newestType.get(ssrc);
    }

    /** Bytes of padding of the packet of a stream that came last. */
    int newestPadding(int ssrc) {
        return newestPadding.get(ssrc);
    }

    /** Packets missing between the first and the last received, leaving out the newest ones. */
    int missing(int ssrc, int newest) {
        NavigableSet<Integer> packets = packets(ssrc);
        int last = packets.last() - newest;
        return last - packets.first() + 1 - packets.headSet(last, true).size();
    }

    /** Which encoding each packet of a simulcast source was of, by sequence numbers that do not wrap. */
    NavigableMap<Integer, Integer> encodings(int ssrc) {
        return encodings.getOrDefault(ssrc, new TreeMap<>());
    }

    long keyFrameAt(LabClient of) {
        return keyFrames.getOrDefault(of.videoSsrc(), -1L);
    }

    List<Integer> transportSequences() {
        return transportSequences;
    }

    Set<Integer> reportedReceived() {
        return reportedReceived;
    }

    Set<Integer> reportedLost() {
        return reportedLost;
    }

    List<Long> senderReportNtp() {
        return senderReportNtp;
    }

    List<Long> keyFrameRequestTimes() {
        return keyFrameRequestTimes;
    }

    int nacksReceived() {
        return nacksReceived;
    }

    int receiverReports() {
        return receiverReports;
    }

    int lastFractionLost() {
        return lastFractionLost;
    }

    int videoPacketsSent() {
        return videoPacketsSent;
    }
}
