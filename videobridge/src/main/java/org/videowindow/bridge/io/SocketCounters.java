package org.videowindow.bridge.io;

/** What a {@link UdpSocket} did since it was opened. Written by its worker thread; read there. */
public final class SocketCounters {
    long receiveCalls;
    long receivedPackets;
    long receivedBytes;
    long truncatedPackets;
    long receiveErrors;
    long sendCalls;
    long sentMessages;
    long sentPackets;
    long sentBytes;
    long droppedBufferFull;
    long droppedSendErrors;
    long segmentationRefused;
    int lastError;

    SocketCounters() {}

    /** System calls that asked for packets. */
    public long receiveCalls() {
        return receiveCalls;
    }

    /** Datagrams received. */
    public long receivedPackets() {
        return receivedPackets;
    }

    /** Bytes of datagrams received. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /** Datagrams longer than a slot, dropped. */
    public long truncatedPackets() {
        return truncatedPackets;
    }

    /** Receive calls that failed. */
    public long receiveErrors() {
        return receiveErrors;
    }

    /** System calls that sent packets. */
    public long sendCalls() {
        return sendCalls;
    }

    /** Messages handed to the kernel; one may carry a group of packets. */
    public long sentMessages() {
        return sentMessages;
    }

    /** Datagrams sent. */
    public long sentPackets() {
        return sentPackets;
    }

    /** Bytes of datagrams sent. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Datagrams dropped because the kernel's send buffer stayed full. */
    public long droppedBufferFull() {
        return droppedBufferFull;
    }

    /** Datagrams dropped because the kernel refused them (no route, filtered, too long). */
    public long droppedSendErrors() {
        return droppedSendErrors;
    }

    /** Groups that the kernel would not segment and that were sent packet by packet. */
    public long segmentationRefused() {
        return segmentationRefused;
    }

    /** Error number of the last failed call (errno on Linux, else 0). */
    public int lastError() {
        return lastError;
    }
}
