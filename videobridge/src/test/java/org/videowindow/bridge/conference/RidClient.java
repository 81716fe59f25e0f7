package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.videowindow.bridge.layers.ModelCamera;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.ReceiverReport;
import org.videowindow.bridge.rtcp.ReportBlock;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;

/**
 * A client that sends a camera in several encodings which only the stream ids in its packets tell apart, as browsers do
 * by RFC 8853: an id stands in every packet until the SSRC is reported on. Or one that gets such a camera.
 */
final class RidClient extends LabClient {
    static final int STREAM_ID = 4;
    static final int REPAIRED_ID = 6;
    static final int VIDEO = 100;

    private final ModelCamera camera;
    private final String mid;
    private final List<String> rids;
    private final int[] ssrcs;
    private final int[] repeatSsrcs;
    private final boolean[] sends;
    private final Set<Integer> reported = new HashSet<>();
    private final Map<Integer, Map<Integer, byte[]>> history = new HashMap<>();
    private final List<Integer> keyFramesAsked = new ArrayList<>();
    private final Set<Integer> ssrcsReceived = new HashSet<>();
    private final int knownAs;
    private int repeatSequence = 60_000;
    private int repeated;

    /**
     * @param firstSsrc of what it sends; encodings have every second one, retransmissions those between
     * @param knownAs SSRC that receivers were told, the next one for retransmissions
     */
    RidClient(
            CallLab lab,
            String id,
            int port,
            EndpointTransport bridge,
            ModelCamera camera,
            String mid,
            List<String> rids,
            int firstSsrc,
            int knownAs) {
        super(lab, id, port, port % 1_000 * 1_000, bridge);
        this.camera = camera;
        this.mid = mid;
        this.rids = rids;
        this.knownAs = knownAs;
        ssrcs = new int[rids.size()];
        repeatSsrcs = new int[rids.size()];
        sends = new boolean[rids.size()];
        Arrays.fill(sends, true);
        for (int i = 0; i < ssrcs.length; i++) {
            ssrcs[i] = firstSsrc + 2 * i;
            repeatSsrcs[i] = firstSsrc + 2 * i + 1;
        }
        silent();
    }

    /** What the bridge is told of the camera. */
    MediaSource described(String toldMid) {
        List<Long> known = List.of((long) knownAs, knownAs + 1L);
        return new MediaSource(
                id() + "-v0",
                MediaKind.VIDEO,
                VideoType.CAMERA,
                known,
                List.of(new SsrcGroup(SsrcGroup.Semantics.FID, known)),
                new StreamIds(rids, toldMid));
    }

    int ssrc(int encoding) {
        return ssrcs[encoding];
    }

    /** The encoding goes on under other SSRCs, as after a restart of the sender. */
    void move(int encoding, int ssrc) {
        ssrcs[encoding] = ssrc;
        repeatSsrcs[encoding] = ssrc + 1;
        camera.keyWanted(encoding);
    }

    void sends(int encoding, boolean on) {
        sends[encoding] = on;
    }

    /** SSRCs that a key frame was asked of, in order. */
    List<Integer> keyFramesAsked() {
        return keyFramesAsked;
    }

    /** SSRCs that the bridge reported on. */
    Set<Integer> reported() {
        return reported;
    }

    /** Packets that it sent again. */
    int repeated() {
        return repeated;
    }

    /** SSRCs it got packets of. */
    Set<Integer> ssrcsReceived() {
        return ssrcsReceived;
    }

    // --- Sending ---

    /** Sends the next picture of every encoding. */
    void sendPicture(long now) {
        for (int i = 0; i < ssrcs.length; i++) {
            for (byte[] packet : camera.picture(i, now / CallLab.MILLI)) {
                if (sends[i]) {
                    String rid = reported.contains(ssrcs[i]) ? null : rids.get(i);
                    byte[] sent = packet(packet, ssrcs[i], STREAM_ID, rid, rid == null ? null : mid);
                    history.computeIfAbsent(ssrcs[i], key -> new HashMap<>())
                            .put(RtpPacket.sequenceNumber(sent, 0), sent);
                    sendRtp(sent);
                }
            }
        }
    }

    /** A packet of the model under another SSRC and with the header extensions of the session, in the two-byte form. */
    byte[] packet(byte[] model, int ssrc, int idElement, String rid, String midOrNull) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(model, 0, model.length)).isTrue();
        ByteBuffer elements = ByteBuffer.allocate(256);
        int transport = takeTransport();
        element(elements, Offers.TRANSPORT, new byte[] {(byte) (transport >> 8), (byte) transport});
        if (rid != null) {
            element(elements, idElement, rid.getBytes(StandardCharsets.US_ASCII));
        }
        if (midOrNull != null) {
            element(elements, Offers.MID, midOrNull.getBytes(StandardCharsets.US_ASCII));
        }
        if (view.findExtension(ModelCamera.DESCRIPTOR_ID)) {
            int at = view.elementOffset();
            element(elements, ModelCamera.DESCRIPTOR_ID, Arrays.copyOfRange(model, at, at + view.elementLength()));
        }
        int words = (elements.position() + 3) / 4;
        ByteBuffer out = ByteBuffer.allocate(12 + 4 + 4 * words + view.payloadLength());
        out.put((byte) 0x90)
                .put(model, 1, 7)
                .putInt(ssrc)
                .putShort((short) 0x1000)
                .putShort((short) words);
        out.put(elements.array(), 0, 4 * words);
        return out.put(model, view.payloadOffset(), view.payloadLength()).array();
    }

    private static void element(ByteBuffer to, int id, byte[] data) {
        to.put((byte) id).put((byte) data.length).put(data);
    }

    private void repeat(int ssrc, int lost) {
        byte[] original = history.getOrDefault(ssrc, Map.of()).get(lost);
        if (original == null) {
            return;
        }
        int encoding = indexOf(ssrc);
        if (encoding < 0) {
            return;
        }
        repeated++;
        byte[] named = packet(original, ssrc, REPAIRED_ID, rids.get(encoding), mid);
        RtpPacket view = new RtpPacket();
        view.wrap(named, 0, named.length);
        byte[] repetition = new byte[named.length + Rtx.OVERHEAD];
        int length = Rtx.wrap(view, repetition, 0, repeatSsrcs[encoding], Offers.RTX, repeatSequence++ & 0xffff);
        sendRtp(Arrays.copyOf(repetition, length));
    }

    // --- Receiving ---

    @Override
    void receive(byte[] datagram, long now) {
        if ((datagram[0] & 0xff) <= 3) {
            super.receive(datagram, now);
            return;
        }
        byte[] clear = new byte[datagram.length];
        if ((datagram[1] & 0xff) >= 192 && (datagram[1] & 0xff) <= 223) {
            RtcpCompound compound = new RtcpCompound();
            assertThat(compound.wrap(clear, 0, opener().unprotectRtcp(datagram, 0, datagram.length, clear, 0)))
                    .isTrue();
            while (compound.next()) {
                report(compound);
            }
            return;
        }
        int length = opener().unprotect(datagram, 0, datagram.length, clear, 0);
        assertThat(length).as("SRTP status").isPositive();
        media(Arrays.copyOf(clear, length));
    }

    private void report(RtcpCompound compound) {
        switch (compound.kind()) {
            case PICTURE_LOSS -> {
                keyFramesAsked.add(compound.mediaSsrc());
                int encoding = indexOf(compound.mediaSsrc());
                if (encoding >= 0) {
                    camera.keyWanted(encoding);
                }
            }
            case NACK -> {
                for (int i = 0; i < Nack.entries(compound.length()); i++) {
                    for (int position = 0; position < 17; position++) {
                        int lost = Nack.lost(compound.buffer(), compound.offset(), i, position);
                        if (lost >= 0) {
                            repeat(compound.mediaSsrc(), lost);
                        }
                    }
                }
            }
            case RECEIVER_REPORT -> {
                for (int i = 0; i < compound.countOrFormat(); i++) {
                    int block = ReceiverReport.blockOffset(compound.offset(), i);
                    reported.add(ReportBlock.ssrc(compound.buffer(), block));
                }
            }
            default -> {}
        }
    }

    private int indexOf(int ssrc) {
        for (int i = 0; i < ssrcs.length; i++) {
            if (ssrcs[i] == ssrc) {
                return i;
            }
        }
        return -1;
    }

    private void media(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
        for (int id : new int[] {Offers.MID, STREAM_ID, REPAIRED_ID}) {
            assertThat(packet.findExtension(id))
                    .as("extension %d is not forwarded", id)
                    .isFalse();
        }
        if (packet.payloadType() != Offers.RTX) {
            ssrcsReceived.add(packet.ssrc());
            assertThat(packet.ssrc()).isEqualTo(knownAs);
            packet.ssrc(ModelCamera.SSRC);
            camera.received(bytes);
            return;
        }
        assertThat(packet.ssrc()).isEqualTo(knownAs + 1);
        byte[] original = new byte[bytes.length];
        int length = Rtx.unwrap(packet, original, 0, ModelCamera.SSRC, VIDEO);
        if (length > 0) {
            camera.repeated(Arrays.copyOf(original, length));
        }
    }

    /** Asks for what it lacks. */
    void askForMissing(int butNewest) {
        List<Integer> missing = camera.gaps(butNewest);
        if (!missing.isEmpty()) {
            byte[] nack = new byte[Nack.maxBytes(missing.size())];
            int length = Nack.write(
                    nack,
                    0,
                    audioSsrc(),
                    knownAs,
                    missing.stream().mapToInt(n -> n).toArray(),
                    missing.size());
            sendRtcp(Arrays.copyOf(nack, length));
        }
    }
}
