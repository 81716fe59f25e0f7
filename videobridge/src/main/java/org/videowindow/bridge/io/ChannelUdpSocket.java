package org.videowindow.bridge.io;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/**
 * {@link UdpSocket} by {@link DatagramChannel}: runs wherever Java runs, with one call per datagram. The JDK allocates a
 * socket address per datagram received; addresses to send to are cached.
 */
public final class ChannelUdpSocket implements UdpSocket {
    private static final int ADDRESS_CACHE = 1 << 10;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final SocketCounters counters = new SocketCounters();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(ReceiveBatch.SLOT_BYTES + 1);
    private final PeerAddress[] cachedKey = new PeerAddress[ADDRESS_CACHE];
    private final InetSocketAddress[] cachedAddress = new InetSocketAddress[ADDRESS_CACHE];

    private ChannelUdpSocket(DatagramChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    static ChannelUdpSocket bind(InetSocketAddress local, UdpSocketOptions options) throws IOException {
        DatagramChannel channel = local.getAddress() instanceof Inet4Address
                ? DatagramChannel.open(StandardProtocolFamily.INET)
                : DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
            channel.bind(local);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new ChannelUdpSocket(channel, selector);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
        batch.clear();
        receiveNow(batch);
        if (batch.count() == 0 && timeoutNanos != 0) {
            await(timeoutNanos);
            receiveNow(batch);
        }
        return batch.count();
    }

    @Override
    public int receiveFeedback(ReceiveBatch batch) {
        batch.clear();
        return 0;
    }

    private void await(long timeoutNanos) throws IOException {
        if (timeoutNanos < 0) {
            selector.select();
        } else {
            // The selector counts in milliseconds; waiting a little too long would delay the caller's timers.
            long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
            if (millis == 0) {
                selector.selectNow();
            } else {
                selector.select(millis);
            }
        }
        selector.selectedKeys().clear();
    }

    private void receiveNow(ReceiveBatch batch) throws IOException {
        while (batch.count() < batch.capacity()) {
            counters.receiveCalls++;
            incoming.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(incoming);
            } catch (java.net.SocketException e) {
                // An ICMP error that some systems report here; it concerns a datagram sent earlier.
                counters.receiveErrors++;
                return;
            }
            if (from == null) {
                return;
            }
            incoming.flip();
            int length = incoming.remaining();
            if (length > ReceiveBatch.SLOT_BYTES) {
                counters.truncatedPackets++;
                continue;
            }
            incoming.get(batch.buffer(), batch.offset(batch.count()), length);
            PeerAddress peer = PeerAddress.of(from);
            batch.add(length, peer.high(), peer.low(), peer.port());
            counters.receivedPackets++;
            counters.receivedBytes += length;
        }
    }

    @Override
    public void send(TransmitArena arena) throws IOException {
        ByteBuffer memory = arena.memory().asByteBuffer();
        for (int group = 0; group < arena.groups(); group++) {
            InetSocketAddress to = socketAddress(arena.groupHigh(group), arena.groupLow(group), arena.groupPort(group));
            for (int packet = arena.firstPacket(group); packet >= 0; packet = arena.nextPacket(packet)) {
                int offset = arena.packetOffset(packet);
                memory.limit(offset + arena.packetLength(packet)).position(offset);
                send(memory, to);
            }
        }
        arena.clear();
    }

    private void send(ByteBuffer packet, InetSocketAddress to) throws IOException {
        int length = packet.remaining();
        counters.sendCalls++;
        try {
            if (channel.send(packet, to) == 0) {
                counters.droppedBufferFull++;
                return;
            }
        } catch (java.nio.channels.ClosedChannelException e) {
            throw e;
        } catch (IOException | java.nio.channels.UnsupportedAddressTypeException e) {
            counters.droppedSendErrors++;
            return;
        }
        counters.sentMessages++;
        counters.sentPackets++;
        counters.sentBytes += length;
    }

    private InetSocketAddress socketAddress(long high, long low, int port) {
        int slot = (int) ((high * 31 + low) * 31 + port) & (ADDRESS_CACHE - 1);
        PeerAddress key = cachedKey[slot];
        if (key == null || key.low() != low || key.port() != port || key.high() != high) {
            key = new PeerAddress(high, low, port);
            cachedKey[slot] = key;
            cachedAddress[slot] = key.toSocketAddress();
        }
        return cachedAddress[slot];
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public IoPath path() {
        return IoPath.CHANNEL;
    }

    @Override
    public boolean segmentation() {
        return false;
    }

    @Override
    public SocketCounters counters() {
        return counters;
    }

    @Override
    public String describe() {
        try {
            return "channel, one call per datagram, receive buffer "
                    + channel.getOption(StandardSocketOptions.SO_RCVBUF) / 1024 + " KB";
        } catch (IOException e) {
            return "channel, closed";
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
            counters.lastError = -1;
        }
    }
}
