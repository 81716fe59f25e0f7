/**
 * Datagrams in and out of the kernel, many per system call.
 *
 * <p>A worker owns one {@link org.videowindow.bridge.io.UdpSocket}, one {@link org.videowindow.bridge.io.ReceiveBatch},
 * one {@link org.videowindow.bridge.io.TransmitArena} and one {@link org.videowindow.bridge.io.PeerTable}; only its
 * thread touches them. What is received is given to the logic as {@code byte[]} with an offset; media that leaves is
 * sealed straight into the native memory of the arena, which is the only copy of a packet per receiver.
 *
 * <p>Walking the kernel's network stack once per datagram is the largest cost of forwarding. Therefore the arena groups
 * packets for one peer into messages that the kernel segments ({@code UDP_SEGMENT}), and all messages leave with one
 * {@code sendmmsg}. {@link org.videowindow.bridge.io.ChannelUdpSocket} does the same with one call per datagram wherever
 * those calls do not exist, and is what the tests compare with.
 */
package org.videowindow.bridge.io;
