package org.videowindow.bridge.io;

/**
 * How to open a {@link UdpSocket}.
 *
 * @param path system calls to use
 * @param receiveBufferBytes size asked for the kernel's receive buffer; bursts of key frames want 4 MB
 * @param sendBufferBytes size asked for the kernel's send buffer
 * @param segmentation whether to use segmentation offload where the kernel has it
 * @param queuesApart whether STUN with DTLS, and transport-wide feedback, have queues of their own, see {@link
 *     UdpSocket#receive} and {@link UdpSocket#receiveFeedback}, where the kernel does that
 */
public record UdpSocketOptions(
        IoPath path, int receiveBufferBytes, int sendBufferBytes, boolean segmentation, boolean queuesApart) {
    /** The best path there is, 4 MB buffers, segmentation; one queue. */
    public static final UdpSocketOptions DEFAULTS = new UdpSocketOptions(IoPath.AUTO, 4 << 20, 4 << 20, true, false);

    /** The same options with another path. */
    public UdpSocketOptions with(IoPath other) {
        return new UdpSocketOptions(other, receiveBufferBytes, sendBufferBytes, segmentation, queuesApart);
    }

    /** The same options, with queues apart. */
    public UdpSocketOptions withQueuesApart() {
        return new UdpSocketOptions(path, receiveBufferBytes, sendBufferBytes, segmentation, true);
    }
}
