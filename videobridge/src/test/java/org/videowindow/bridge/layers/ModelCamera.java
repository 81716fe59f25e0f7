package org.videowindow.bridge.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.rtp.RtpPacket;

/** A model sender of several encodings and the reference decoder of who receives it, for calls through the whole bridge. */
public final class ModelCamera {
    /** Number of the dependency descriptor's header extension. */
    public static final int DESCRIPTOR_ID = ModelEncoding.DESCRIPTOR_ID;

    /** SSRC that the decoder wants in packets. */
    public static final int SSRC = ModelReceiver.SSRC;

    private final List<ModelEncoding> encodings = new ArrayList<>();
    private final ModelReceiver receiver;

    /** @param temporal temporal layers of each encoding */
    public ModelCamera(VideoCodec codec, int count, int temporal, Random random) {
        boolean described = codec == VideoCodec.AV1;
        ModelEncoding.Mode mode = new ModelEncoding.Mode(codec, count, 1, temporal, false, described);
        Map<Integer, ModelFrame> frames = new HashMap<>();
        for (int i = 0; i < count; i++) {
            encodings.add(new ModelEncoding(mode, i, random, frames));
        }
        receiver = new ModelReceiver(mode, frames);
    }

    /** The packets of an encoding's next picture. */
    public List<byte[]> picture(int encoding, long millis) {
        return encodings.get(encoding).picture(millis);
    }

    /** The next picture of an encoding that can be one is a key picture. */
    public void keyWanted(int encoding) {
        encodings.get(encoding).keyWanted = true;
    }

    /** A packet arrives for the first time. */
    public void received(byte[] packet) {
        receiver.sent(withoutPadding(packet), false);
    }

    /** A packet that was missing comes again. */
    public void repeated(byte[] packet) {
        if (packet.length > 12 && receiver.gaps(0).contains((packet[2] & 0xff) << 8 | (packet[3] & 0xff))) {
            receiver.repeated(withoutPadding(packet));
        }
    }

    /** The bridge may pad packets; the model says behind the payload which frame it is of. */
    private static byte[] withoutPadding(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(bytes, 0, bytes.length) || packet.paddingLength() == 0) {
            return bytes;
        }
        byte[] plain = Arrays.copyOf(bytes, bytes.length - packet.paddingLength());
        plain[0] = (byte) (plain[0] & ~0x20);
        return plain;
    }

    /** Sequence numbers that are missing up to the newest but some. */
    public List<Integer> gaps(int butNewest) {
        return receiver.gaps(butNewest);
    }

    /** Packets that were received. */
    public int count() {
        return receiver.count();
    }

    /** Asserts that what was received is a stream that can be played. */
    public void check(boolean anyLoss) {
        receiver.check(anyLoss);
    }
}
