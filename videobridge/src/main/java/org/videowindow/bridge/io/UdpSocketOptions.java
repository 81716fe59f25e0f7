package org.videowindow.bridge.io;

/**
 * How to open a {@link UdpSocket}.
 *
 * @param path system calls to use
 * @param receiveBufferBytes size asked for the kernel's receive buffer; bursts of key frames want 4 MB
 * @param sendBufferBytes size asked for the kernel's send buffer
 * @param segmentation whether to use segmentation offload where the kernel has it
 */
public record UdpSocketOptions(IoPath path, int receiveBufferBytes, int sendBufferBytes, boolean segmentation) {
    /** The best path there is, 4 MB buffers, segmentation. */
    public static final UdpSocketOptions DEFAULTS = new UdpSocketOptions(IoPath.AUTO, 4 << 20, 4 << 20, true);

    /** The same options with another path. */
    public UdpSocketOptions with(IoPath other) {
        return new UdpSocketOptions(other, receiveBufferBytes, sendBufferBytes, segmentation);
    }
}
