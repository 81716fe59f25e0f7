package org.videowindow.bridge.layers;

import org.videowindow.bridge.codec.DependencyDescriptor;
import org.videowindow.bridge.codec.LayerReader;
import org.videowindow.bridge.codec.PacketLayers;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.rtp.LongerElement;
import org.videowindow.bridge.rtp.RtpPacket;

/**
 * One packet on its way from a sender to all its receivers: what it is, read once, and the sender's numbers, which are
 * overwritten for every receiver and put back in the end. One object per worker, used again for every packet.
 */
public final class VideoPacket {
    /** No such element. */
    public static final int NONE = -1;

    /** A dependency descriptor is at least so long; its frame number lies within. */
    private static final int DESCRIPTOR_BYTES = 3;

    private final PacketLayers layers = new PacketLayers();
    private RtpPacket rtp;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private boolean marker;
    private boolean newest;
    private boolean begins;
    private boolean numbersPictures;
    private boolean protection;
    private int descriptorAt;
    private int descriptorLength;
    private int frameNumber;
    private int transportAt;
    private boolean limited;
    private int spatialLimit;
    private int temporalLimit;
    private int limitedTransportAt;

    /**
     * Reads a packet of pictures.
     *
     * @param packet in the clear
     * @param reader of its stream
     * @param descriptorId id of the dependency descriptor extension, 0 for none
     * @param isNewest whether it is ahead of everything that arrived of its stream
     */
    public void begin(RtpPacket packet, VideoCodec codec, LayerReader reader, int descriptorId, boolean isNewest) {
        int at = NONE;
        int length = 0;
        if (descriptorId != 0 && packet.findExtension(descriptorId) && packet.elementLength() >= DESCRIPTOR_BYTES) {
            at = packet.elementOffset();
            length = packet.elementLength();
        }
        if (packet.payloadLength() == 0) {
            layers.clear();
        } else if (at == NONE) {
            reader.read(codec, packet.buffer(), packet.payloadOffset(), packet.payloadLength(), layers);
        } else {
            reader.read(codec, packet.buffer(), packet.payloadOffset(), packet.payloadLength(), at, length, layers);
        }
        if (codec == VideoCodec.AV1 && !layers.declared) {
            // Only the first packet of a frame would tell its layers: nothing is left out.
            layers.spatial = 0;
            layers.temporal = 0;
        }
        if (packet.marker() && layers.known) {
            layers.frameEnd = true;
        }
        begin(packet, isNewest, codec == VideoCodec.VP8, at);
        descriptorLength = length;
        // A packet that should have told more is no beginning.
        begins = layers.known
                ? layers.frameStart && layers.keyFrame && !layers.interLayer
                : codec == VideoCodec.OTHER && at == NONE;
    }

    /** Reads a packet that has no layers. */
    public void begin(RtpPacket packet) {
        layers.clear();
        begin(packet, true, false, NONE);
    }

    /** @param runningPictures whether every picture has an id that must follow its predecessor's */
    private void begin(RtpPacket packet, boolean isNewest, boolean runningPictures, int descriptor) {
        rtp = packet;
        sequence = packet.sequenceNumber();
        timestamp = packet.timestamp();
        ssrc = packet.ssrc();
        marker = packet.marker();
        newest = isNewest;
        numbersPictures = runningPictures && layers.pictureId != PacketLayers.NONE;
        descriptorAt = descriptor;
        frameNumber = descriptor == NONE
                ? NONE
                : (packet.buffer()[descriptor + 1] & 0xff) << 8 | (packet.buffer()[descriptor + 2] & 0xff);
        begins = true;
        protection = false;
        limited = false;
    }

    /** What is known of its layers. */
    public PacketLayers layers() {
        return layers;
    }

    /** The packet itself. */
    public RtpPacket rtp() {
        return rtp;
    }

    /** The sender's sequence number. */
    public int sequence() {
        return sequence;
    }

    /** The sender's timestamp. */
    public int timestamp() {
        return timestamp;
    }

    /** Where its transport-wide sequence number lies in the buffer, or {@link #NONE}. */
    public int transportAt() {
        return transportAt;
    }

    /** Tells where its transport-wide sequence number lies in the buffer, or {@link #NONE}. */
    public void transportAt(int position) {
        transportAt = position;
    }

    boolean marker() {
        return marker;
    }

    /** Whether it is ahead of everything that arrived before. */
    boolean isNewest() {
        return newest;
    }

    /** Whether somebody may begin to get its stream with it. */
    public boolean begins() {
        return begins;
    }

    /**
     * Marks it as forward error correction (RFC 5109, RFC 8627): it repairs packets by the sender's own numbers, so it
     * is of use only where nothing is left out and nothing rewritten, and nobody begins with it.
     */
    public void markProtection() {
        protection = true;
        begins = false;
    }

    /** Whether it was marked so. */
    public boolean isProtection() {
        return protection;
    }

    /** Whether a receiver can begin with what comes, when key frames cannot be told. */
    public boolean startsAnything() {
        return !protection && (layers.frameStart || !layers.known);
    }

    /** Whether it carries nothing: sent to probe the bandwidth. */
    boolean isEmpty() {
        return rtp.payloadLength() == 0;
    }

    boolean numbersPictures() {
        return numbersPictures;
    }

    /** Frame number of the dependency descriptor, or {@link #NONE}. */
    int frameNumber() {
        return frameNumber;
    }

    /** Writes what one receiver is to see. */
    void write(int outSsrc, OutgoingNumbers numbers) {
        rtp.ssrc(outSsrc);
        rtp.sequenceNumber(numbers.sequence);
        rtp.timestamp(timestamp + numbers.timestampShift);
        rtp.marker(numbers.marker);
        if (layers.pictureIdBits != 0) {
            layers.putPictureId(rtp.buffer(), rtp.payloadOffset(), layers.pictureId + numbers.pictureShift);
        }
        if (layers.tl0PicIdx != PacketLayers.NONE) {
            layers.putTl0PicIdx(rtp.buffer(), rtp.payloadOffset(), layers.tl0PicIdx + numbers.tl0Shift);
        }
        if (descriptorAt != NONE) {
            DependencyDescriptor.putFrameNumber(rtp.buffer(), descriptorAt, frameNumber + numbers.frameShift);
            limited = numbers.limited;
            spatialLimit = numbers.spatial;
            temporalLimit = numbers.temporal;
        }
    }

    /** Whether the receiver it was written for must be told by {@link #writeLimited} which targets it gets. */
    public boolean isLimited() {
        return limited;
    }

    /**
     * Copies the packet as it was written, with the targets that the receiver gets in its dependency descriptor, which may
     * make it longer by {@link LongerElement#MOST_GROWTH}.
     *
     * @param stream the reader of the stream that it is of
     * @param out filled from its beginning
     * @return bytes written; 0 when the descriptor has no room for it: the packet leaves as it is
     */
    public int writeLimited(LayerReader stream, byte[] out) {
        DependencyDescriptor descriptor = stream.descriptor();
        if (descriptor == null) {
            return 0;
        }
        int at = descriptorAt - rtp.offset();
        int grown = descriptor.writeActive(
                rtp.buffer(), descriptorAt, descriptorLength, spatialLimit, temporalLimit, out, at);
        if (grown == 0) {
            return 0;
        }
        limitedTransportAt = transportAt == NONE ? NONE : transportAt - rtp.offset();
        if (transportAt > descriptorAt) {
            limitedTransportAt += grown - descriptorLength;
        }
        return LongerElement.copyAround(rtp, descriptorAt, descriptorLength, grown, out);
    }

    /** Where the transport-wide sequence number lies in the copy made last, or {@link #NONE}. */
    public int limitedTransportAt() {
        return limitedTransportAt;
    }

    /** Puts the sender's numbers back: the packet stays in the ring. */
    public void restore() {
        rtp.ssrc(ssrc);
        rtp.sequenceNumber(sequence);
        rtp.timestamp(timestamp);
        rtp.marker(marker);
        if (layers.pictureIdBits != 0) {
            layers.putPictureId(rtp.buffer(), rtp.payloadOffset(), layers.pictureId);
        }
        if (layers.tl0PicIdx != PacketLayers.NONE) {
            layers.putTl0PicIdx(rtp.buffer(), rtp.payloadOffset(), layers.tl0PicIdx);
        }
        if (descriptorAt != NONE) {
            DependencyDescriptor.putFrameNumber(rtp.buffer(), descriptorAt, frameNumber);
        }
    }
}
