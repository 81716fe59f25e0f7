package org.videowindow.bridge.codec;

/**
 * Reads the layers of the packets of one received stream, whatever its codec: from the payload, and from the
 * dependency descriptor where the sender adds one, which then decides. Owned by the stream, used by its worker's
 * thread; the parsers are made when first needed.
 */
public final class LayerReader {
    private Vp8 vp8;
    private Vp9 vp9;
    private H264 h264;
    private DependencyDescriptor descriptor;
    private PacketLayers declared;

    /** A reader for a new stream. */
    public LayerReader() {}

    /**
     * Reads a packet without dependency descriptor.
     *
     * @return false when the codec is not understood or the payload is malformed; the packet is then described as
     *     unknown
     */
    public boolean read(VideoCodec codec, byte[] buffer, int payloadOffset, int payloadLength, PacketLayers into) {
        switch (codec) {
            case VP8 -> {
                if (vp8 == null) {
                    vp8 = new Vp8();
                }
                return vp8.read(buffer, payloadOffset, payloadLength, into);
            }
            case VP9 -> {
                if (vp9 == null) {
                    vp9 = new Vp9();
                }
                return vp9.read(buffer, payloadOffset, payloadLength, into);
            }
            case H264 -> {
                if (h264 == null) {
                    h264 = new H264();
                }
                return h264.read(buffer, payloadOffset, payloadLength, into);
            }
            case AV1 -> {
                return Av1.read(buffer, payloadOffset, payloadLength, into);
            }
            default -> {
                into.clear();
                return false;
            }
        }
    }

    /**
     * Reads a packet with dependency descriptor. When the descriptor cannot be read, what the payload tells is used.
     *
     * @param descriptorOffset where the data of the extension element begins in the buffer
     * @param descriptorLength its bytes
     * @return false when neither is understood; the packet is then described as unknown
     */
    public boolean read(
            VideoCodec codec,
            byte[] buffer,
            int payloadOffset,
            int payloadLength,
            int descriptorOffset,
            int descriptorLength,
            PacketLayers into) {
        boolean told = read(codec, buffer, payloadOffset, payloadLength, into);
        if (descriptor == null) {
            descriptor = new DependencyDescriptor();
            declared = new PacketLayers();
        }
        if (!descriptor.read(buffer, descriptorOffset, descriptorLength, declared)) {
            return told;
        }
        into.declare(declared);
        return true;
    }

    /** The descriptor of this stream, to rewrite it; {@code null} before the first packet that has one. */
    public DependencyDescriptor descriptor() {
        return descriptor;
    }
}
