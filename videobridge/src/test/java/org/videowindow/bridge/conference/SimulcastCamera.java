package org.videowindow.bridge.conference;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Three encodings of a VP8 picture, each a number of packets per picture; a key frame when the bridge asks for one. */
final class SimulcastCamera {
    static final int ENCODINGS = 3;
    private static final long FRAME_INTERVAL = 40 * CallLab.MILLI;

    private final LabClient client;
    private final boolean[] sends = {true, true, true};
    private final boolean[] keyWanted = {true, true, true};
    private final int[] sequence = {100, 40_000, 65_500};
    private final int[] picture = {5, 30_000, 0x7ffe};
    private final int[] timestampOffset = {1, 900_000_000, -5};
    private final List<Integer> asked = new ArrayList<>();
    private final List<Long> askedAt = new ArrayList<>();
    private long nextFrame;

    SimulcastCamera(LabClient client) {
        this.client = client;
    }

    /** SSRC of an encoding; its retransmission stream has the next number. */
    int ssrc(int encoding) {
        return client.videoSsrc() + 2 * encoding;
    }

    MediaSource described(String name) {
        List<Long> ssrcs = new ArrayList<>();
        List<Long> primary = new ArrayList<>();
        List<SsrcGroup> groups = new ArrayList<>();
        for (int i = 0; i < ENCODINGS; i++) {
            long ssrc = ssrc(i);
            ssrcs.addAll(List.of(ssrc, ssrc + 1));
            primary.add(ssrc);
            groups.add(new SsrcGroup(SsrcGroup.Semantics.FID, List.of(ssrc, ssrc + 1)));
        }
        groups.add(new SsrcGroup(SsrcGroup.Semantics.SIM, primary));
        return new MediaSource(name, MediaKind.VIDEO, VideoType.CAMERA, ssrcs, groups);
    }

    /** Sends an encoding or not. */
    void sends(int encoding, boolean on) {
        sends[encoding] = on;
        keyWanted[encoding] |= on;
    }

    void keyFrameAsked(int ssrc, long now) {
        int encoding = (ssrc - client.videoSsrc()) / 2;
        asked.add(encoding);
        askedAt.add(now);
        keyWanted[encoding] = true;
    }

    /** Encodings that a key frame was asked of, in order. */
    List<Integer> asked() {
        return asked;
    }

    List<Long> askedAt() {
        return askedAt;
    }

    void tick(long now) {
        if (now < nextFrame) {
            return;
        }
        nextFrame = now + FRAME_INTERVAL;
        for (int i = 0; i < ENCODINGS; i++) {
            if (sends[i]) {
                sendFrame(i, now);
            }
        }
    }

    private void sendFrame(int encoding, long now) {
        int packets = 1 + encoding;
        for (int i = 0; i < packets; i++) {
            client.sendRtp(packet(encoding, i == 0, i == packets - 1, now));
        }
        keyWanted[encoding] = false;
        picture[encoding]++;
    }

    /** A packet of an encoding; the receivers know all of them by the first SSRC. */
    byte[] packet(int encoding, boolean first, boolean last, long now) {
        byte[] payload = new byte[100 + 200 * encoding];
        payload[0] = (byte) (0x80 | (first ? 0x10 : 0));
        payload[1] = (byte) 0x80;
        ByteBuffer.wrap(payload).putShort(2, (short) (0x8000 | picture[encoding]));
        if (keyWanted[encoding] && first) {
            byte[] header = {0, 0, 0, (byte) 0x9d, 1, 0x2a, (byte) (64 << encoding), 1, (byte) 180, 0};
            System.arraycopy(header, 0, payload, 4, header.length);
        } else {
            payload[4] = 1;
        }
        ByteBuffer.wrap(payload)
                .putInt(20, ssrc(0))
                .putInt(24, sequence[encoding])
                .putInt(28, encoding);
        byte[] packet = MediaPackets.rtp(
                MediaKind.VIDEO,
                Offers.VP8,
                ssrc(encoding),
                sequence[encoding]++ & 0xffff,
                (int) (now / 11_111) + timestampOffset[encoding],
                client.takeTransport(),
                payload);
        packet[1] |= (byte) (last ? 0x80 : 0);
        return Arrays.copyOf(packet, packet.length);
    }
}
