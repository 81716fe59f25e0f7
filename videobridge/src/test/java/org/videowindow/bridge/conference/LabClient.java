package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.videowindow.bridge.ice.StunMessages;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.PictureLoss;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtcp.SenderReport;

/** A simulated browser: checks, sends sound and pictures, repeats what it is asked for, asks for what it lacks. */
class LabClient extends ReceivingClient {
    private static final long AUDIO_INTERVAL = 20 * CallLab.MILLI;
    private static final long FRAME_INTERVAL = 40 * CallLab.MILLI;
    private static final long CHECK_INTERVAL = 500 * CallLab.MILLI;
    private static final long NACK_INTERVAL = 20 * CallLab.MILLI;
    private static final long ESTIMATE_INTERVAL = 500 * CallLab.MILLI;
    private static final long REPORT_INTERVAL = 500 * CallLab.MILLI;
    private static final int PACKETS_PER_FRAME = 4;

    private final CallLab lab;
    private EndpointTransport bridge;
    private final Repetitions repetitions;
    private final HeardReports reports = new HeardReports();
    private final List<Long> keyFrameRequestTimes = new ArrayList<>();
    private int port;
    private boolean sendsAudio = true;
    private boolean sendsVideo = true;
    private boolean checks = true;
    private int level = 127;
    private int audioSequence = 65_500;
    private int videoSequence = 65_000;
    private int transportSequence = 65_400;
    private boolean keyFrameWanted = true;
    private boolean connected;
    private boolean hello;
    private long nextAudio;
    private long nextFrame;
    private long nextCheck;
    private long nextNack;
    private long nextReport;
    private int videoPacketsSent;
    private SimulcastCamera simulcast;
    private long capacity = 50_000_000;
    private long nextEstimate;

    LabClient(CallLab lab, String id, int port, int audioSsrc, EndpointTransport bridge) {
        super(id, audioSsrc);
        this.lab = lab;
        this.port = port;
        this.bridge = bridge;
        this.repetitions = new Repetitions(audioSsrc + 2);
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
        return "cli" + id() + (bridge.generation() == 0 ? "" : "r" + bridge.generation());
    }

    /** Checks by the credentials of a restart from now on. */
    void restart(EndpointTransport restarted) {
        bridge = restarted;
        nextCheck = 0;
    }

    /** Whether the bridge knows its keys: it may send. */
    boolean isUp() {
        return hello;
    }

    int port() {
        return port;
    }

    int repeatSsrc() {
        return audioSsrc() + 2;
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
            sendRtcp(estimate(audioSsrc(), capacity));
        }
        if (now >= nextNack) {
            nextNack = now + NACK_INTERVAL;
            missing().forEach((ssrc, numbers) -> {
                byte[] nack = new byte[Nack.maxBytes(numbers.length)];
                int length = Nack.write(nack, 0, audioSsrc(), ssrc, numbers, numbers.length);
                sendRtcp(Arrays.copyOf(nack, length));
            });
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
                ByteBuffer.allocate(12).putLong(transaction).putInt(audioSsrc()).array();
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
                audioSsrc(),
                audioSequence,
                audioSequence * 960,
                nextTransport(),
                content(audioSsrc(), audioSequence, 60));
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
        repetitions.keep(packet);
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

    void sendRtp(byte[] packet) {
        lab.toBridge(port, seal(packet));
    }

    void sendRtcp(byte[] packet) {
        lab.toBridge(port, sealRtcp(packet));
    }

    void askKeyFrame(LabClient of) {
        byte[] request = new byte[PictureLoss.BYTES];
        PictureLoss.write(request, 0, audioSsrc(), of.videoSsrc());
        sendRtcp(request);
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
            int length = opener().unprotectRtcp(datagram, 0, datagram.length, clear, 0);
            assertThat(length).isPositive();
            RtcpCompound compound = new RtcpCompound();
            assertThat(compound.wrap(clear, 0, length)).isTrue();
            while (compound.next()) {
                receiveRtcp(compound, now);
            }
            return;
        }
        int length = opener().unprotect(datagram, 0, datagram.length, clear, 0);
        assertThat(length).as("SRTP status at " + id()).isPositive();
        receiveRtp(Arrays.copyOf(clear, length), now);
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
            case NACK -> repetitions.answer(compound, this::nextTransport, this::sendRtp);
            default -> reports.hear(compound, videoSsrc());
        }
    }

    // --- What it has seen ---

    Set<Integer> reportedReceived() {
        return reports.received();
    }

    Set<Integer> reportedLost() {
        return reports.lost();
    }

    List<Long> senderReportNtp() {
        return reports.senderReportNtp();
    }

    List<Long> keyFrameRequestTimes() {
        return keyFrameRequestTimes;
    }

    int nacksReceived() {
        return repetitions.sent();
    }

    int receiverReports() {
        return reports.receiverReports();
    }

    int lastFractionLost() {
        return reports.lastFractionLost();
    }

    int videoPacketsSent() {
        return videoPacketsSent;
    }
}
