package org.videowindow.bridge.conference;

/**
 * Sees the RTP and RTCP packets of one endpoint in the clear, as they leave the decryption and before they enter the
 * encryption. Called on the worker for every packet: an implementation must copy what it needs and return at once.
 */
@FunctionalInterface
public interface PacketTap {
    /**
     * One packet.
     *
     * @param toEndpoint whether the bridge sends it; otherwise it came from the endpoint
     * @param buffer holds the packet; not to be kept or changed
     * @param offset where it begins
     * @param length its length
     * @param headerLength length of the RTP header with its extensions; {@code length} for RTCP
     */
    void packet(boolean toEndpoint, byte[] buffer, int offset, int length, int headerLength);
}
