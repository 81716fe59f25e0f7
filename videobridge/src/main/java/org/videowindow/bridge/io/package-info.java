/**
 * Datagrams in and out of the kernel, many per system call.
 *
 * <p>A worker owns one {@link org.videowindow.bridge.io.UdpSocket}, one {@link org.videowindow.bridge.io.ReceiveBatch},
 * one {@link org.videowindow.bridge.io.TransmitArena} and one {@link org.videowindow.bridge.io.PeerTable}; only its
 * thread touches them. Everything above this package works on {@code byte[]} with an offset: the JDK's ciphers are
 * faster on heap arrays than on native memory by more than what one copy each way costs (16 ns for 1200 bytes), so the
 * native slabs that the kernel needs stay inside this package.
 *
 * <p>Walking the kernel's network stack once per datagram is the largest cost of forwarding. Therefore the arena groups
 * packets for one peer into messages that the kernel segments ({@code UDP_SEGMENT}), and all messages leave with one
 * {@code sendmmsg}. {@link org.videowindow.bridge.io.ChannelUdpSocket} does the same with one call per datagram wherever
 * those calls do not exist, and is what the tests compare with.
 */
package org.videowindow.bridge.io;
