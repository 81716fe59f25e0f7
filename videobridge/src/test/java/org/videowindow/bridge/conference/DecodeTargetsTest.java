package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtp.BigEndian;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * AV1 with two temporal layers, described by the dependency descriptor: who gets one of them is told so (AV1 RTP
 * specification, appendix A.4.4), who gets both sees what the sender wrote.
 */
class DecodeTargetsTest {
    private static final int DESCRIPTOR = 11;
    private static final int AV1 = 41;
    private static final int RTX = 97;
    private static final int VIDEO = 1_001;

    /** Key frame and frame of layer 0, each for both targets; frame of layer 1 for the second; no chains, no sizes. */
    private static final String STRUCTURE = "000000 00001 00 01 11  1010 1010 0001  0 1 0001 0 1 0000 0  0 0";

    private static final int KEY = 0;
    private static final int LOWER = 1;
    private static final int UPPER = 2;

    private final CallLab lab = new CallLab(1);
    private LabClient a;
    private Listener everything;
    private Listener half;
    private int frame = 65_500;

    /** A client that keeps packets as they come. */
    private static final class Listener extends LabClient {
        private final List<byte[]> packets = new ArrayList<>();

        Listener(CallLab lab, String id, int number, EndpointTransport bridge) {
            super(lab, id, 20_000 + number, 1_000 * (number + 1), bridge);
            silent();
        }

        @Override
        void receiveRtp(byte[] bytes, long now) {
            packets.add(bytes);
        }

        /** What came since the last question. */
        private List<RtpPacket> take() {
            List<RtpPacket> views = new ArrayList<>();
            for (byte[] bytes : packets) {
                RtpPacket view = new RtpPacket();
                assertThat(view.wrap(bytes, 0, bytes.length)).isTrue();
                views.add(view);
            }
            packets.clear();
            return views;
        }
    }

    private static EndpointSettings offer() {
        List<PayloadType> types = new ArrayList<>(Offers.standard().payloadTypes());
        types.add(new PayloadType(MediaKind.VIDEO, AV1, "AV1", 90_000, Map.of(), Set.of("nack", "transport-cc")));
        types.add(new PayloadType(MediaKind.VIDEO, RTX, "rtx", 90_000, Map.of("apt", "" + AV1), Set.of()));
        List<HeaderExtension> extensions = new ArrayList<>(Offers.standard().extensions());
        extensions.add(new HeaderExtension(MediaKind.VIDEO, DESCRIPTOR, HeaderExtension.DEPENDENCY_DESCRIPTOR));
        return new EndpointSettings(types, extensions);
    }

    private Listener listen(String id, int number) throws ConferenceException {
        EndpointTransport transport = lab.conference().addEndpoint(id, offer(), lab.now());
        Listener listener = new Listener(lab, id, number, transport);
        return lab.join(listener, Offers.camera(id, listener.audioSsrc()));
    }

    private void frames(Listener receiver, double perSecond) {
        lab.conference()
                .setReceiverConstraints(
                        receiver.id(),
                        new ReceiverConstraints(
                                -1, List.of(), List.of(), new VideoConstraint(720, perSecond), Map.of()),
                        lab.now());
    }

    @BeforeEach
    void aCameraAndTwoWhoWatch() throws Exception {
        a = lab.add("aaaaaaaa", offer()).silent();
        lab.conference().setSources(a.id(), Offers.camera(a.id(), a.audioSsrc()), lab.now());
        everything = listen("bbbbbbbb", 1);
        half = listen("cccccccc", 2);
        frames(half, 16);
        lab.runMillis(500);
        send(KEY);
        for (int i = 0; i < 45; i++) {
            send(UPPER);
            send(LOWER);
        }
        // Who began with less than everything has everything now, and hears it by a structure.
        send(KEY);
        lab.runMillis(100);
        everything.take();
        half.take();
    }

    private static byte[] bits(String text) {
        String all = text.replace(" ", "");
        byte[] bytes = new byte[(all.length() + 7) / 8];
        for (int i = 0; i < all.length(); i++) {
            bytes[i / 8] |= (byte) ((all.charAt(i) - '0') << (7 - i % 8));
        }
        return bytes;
    }

    private static byte[] descriptor(int template, int frameNumber, boolean structure) {
        byte[] extended = structure ? bits("10000" + STRUCTURE) : new byte[0];
        return ByteBuffer.allocate(3 + extended.length)
                .put((byte) (0xc0 | template))
                .putShort((short) frameNumber)
                .put(extended)
                .array();
    }

    private void send(int template) {
        byte[] described = descriptor(template, frame, template == KEY);
        int words = (2 + described.length + 4 + 3) / 4;
        ByteBuffer packet = ByteBuffer.allocate(16 + 4 * words + 200);
        packet.put((byte) 0x90).put((byte) (0x80 | AV1)).putShort((short) frame);
        packet.putInt((int) (lab.now() / 11_111)).putInt(VIDEO);
        packet.putShort((short) 0x1000).putShort((short) words);
        packet.put((byte) DESCRIPTOR).put((byte) described.length).put(described);
        packet.put((byte) Offers.TRANSPORT).put((byte) 2).putShort((short) a.takeTransport());
        packet.position(16 + 4 * words);
        packet.put((byte) 0x10).put((byte) 0x30).putInt(frame);
        a.sendRtp(packet.array());
        frame++;
        lab.runMillis(33);
    }

    private static byte[] descriptorOf(RtpPacket packet) {
        assertThat(packet.findExtension(DESCRIPTOR)).isTrue();
        return Arrays.copyOfRange(
                packet.buffer(), packet.elementOffset(), packet.elementOffset() + packet.elementLength());
    }

    /** Template, and the bits that follow the mandatory fields. */
    private static List<String> described(List<RtpPacket> packets) {
        return packets.stream()
                .map(packet -> {
                    byte[] bytes = descriptorOf(packet);
                    StringBuilder rest = new StringBuilder();
                    for (int i = 24; i < bytes.length * 8; i++) {
                        rest.append(bytes[i / 8] >> (7 - i % 8) & 1);
                    }
                    return (bytes[0] & 0x3f) + " " + trimmed(rest.toString());
                })
                .toList();
    }

    /** Without the zeros at the end, which are filling. */
    private static String trimmed(String text) {
        return text.replace(" ", "").replaceAll("0+$", "");
    }

    @Test
    void whoGetsOneLayerIsToldSoInEveryPacketAndWhoGetsBothSeesWhatWasSent() {
        send(UPPER);
        send(LOWER);
        send(KEY);
        send(UPPER);
        send(LOWER);
        lab.runMillis(100);
        assertThat(described(everything.take()))
                .containsExactly("2 ", "1 ", "0 " + trimmed("10000" + STRUCTURE), "2 ", "1 ");
        List<RtpPacket> seen = half.take();
        assertThat(described(seen))
                .as("of two targets the first")
                .containsExactly(
                        "1 " + trimmed("01000 01"),
                        "0 " + trimmed("11000" + STRUCTURE + "01"),
                        "1 " + trimmed("01000 01"));
        for (int i = 0; i < seen.size(); i++) {
            RtpPacket packet = seen.get(i);
            assertThat(packet.payloadLength()).isEqualTo(200);
            assertThat(packet.sequenceNumber()).isEqualTo((seen.getFirst().sequenceNumber() + i) & 0xffff);
            assertThat(packet.transportSequence(Offers.TRANSPORT))
                    .isEqualTo((seen.getFirst().transportSequence(Offers.TRANSPORT) + i) & 0xffff);
        }
    }

    @Test
    void aRepetitionSaysTheSame() {
        send(LOWER);
        lab.runMillis(100);
        RtpPacket once = half.take().getLast();
        byte[] nack = new byte[Nack.maxBytes(1)];
        int length = Nack.write(nack, 0, half.audioSsrc(), VIDEO, new int[] {once.sequenceNumber()}, 1);
        half.sendRtcp(Arrays.copyOf(nack, length));
        lab.runMillis(100);
        List<RtpPacket> again = half.take();
        assertThat(again).hasSize(1);
        RtpPacket repetition = again.getFirst();
        assertThat(repetition.payloadType()).isEqualTo(RTX);
        assertThat(descriptorOf(repetition)).isEqualTo(descriptorOf(once));
        assertThat(BigEndian.u16(repetition.buffer(), repetition.payloadOffset()))
                .isEqualTo(once.sequenceNumber());
        assertThat(repetition.payloadLength()).isEqualTo(202);
        assertThat(repetition.transportSequence(Offers.TRANSPORT))
                .isEqualTo((once.transportSequence(Offers.TRANSPORT) + 1) & 0xffff);
    }

    @Test
    void whoGetsBothAgainIsToldUntilTheNextStructure() {
        frames(half, 60);
        for (int i = 0; i < 8; i++) {
            send(UPPER);
            send(LOWER);
        }
        lab.runMillis(100);
        assertThat(described(half.take())).endsWith("2 " + trimmed("01000 11"), "1 " + trimmed("01000 11"));
        send(KEY);
        send(UPPER);
        lab.runMillis(100);
        assertThat(described(half.take())).containsExactly("0 " + trimmed("10000" + STRUCTURE), "2 ");
    }
}
