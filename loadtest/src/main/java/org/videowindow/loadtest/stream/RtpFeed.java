package org.videowindow.loadtest.stream;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.rtp.Bytes;

/**
 * Plain RTP from another program on this machine, for example {@code ffmpeg -f rtp}: payloads and timestamps are passed
 * on as they come, under our own SSRC and sequence numbers. When the queue is full the newest packet is left out.
 */
final class RtpFeed implements Feed {
    private static final int HEADER = 12;
    private static final int LARGEST = 2_048;
    private static final int WAITING = 2_000;

    private final DatagramSocket socket;
    private final boolean video;
    private final BlockingQueue<Unit> waiting = new ArrayBlockingQueue<>(WAITING);
    private volatile String failure;
    private volatile boolean over;

    /** @throws IOException when the port cannot be had, in one sentence */
    RtpFeed(InetSocketAddress address, boolean video) throws IOException {
        this.video = video;
        try {
            socket = new DatagramSocket(address);
        } catch (IOException e) {
            throw new IOException("RTP cannot be received on " + address + ": " + e.getMessage() + ".", e);
        }
        Thread.ofPlatform().name("rtp-input").daemon(true).start(this::receive);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void receive() {
        DatagramPacket datagram = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            while (true) {
                datagram.setLength(LARGEST);
                socket.receive(datagram);
                Unit unit = unit(datagram.getData(), datagram.getLength());
                if (unit != null) {
                    boolean kept = waiting.offer(unit);
                    assert kept || waiting.size() > 0;
                }
            }
        } catch (IOException e) {
            failure = socket.isClosed() ? null : e.getMessage();
        } finally {
            over = true;
        }
    }

    /** Reads a packet (RFC 3550 section 5.1); {@code null} when it is none, RTCP, or too long to be passed on. */
    private Unit unit(byte[] bytes, int length) {
        if (length < HEADER || (bytes[0] & 0xc0) != 0x80 || ((bytes[1] & 0xff) >= 192 && (bytes[1] & 0xff) <= 223)) {
            return null;
        }
        int begin = HEADER + 4 * (bytes[0] & 0x0f);
        if ((bytes[0] & 0x10) != 0) {
            begin += begin + 4 > length ? length : 4 + 4 * ((bytes[begin + 2] & 0xff) << 8 | (bytes[begin + 3] & 0xff));
        }
        int end = length - ((bytes[0] & 0x20) != 0 ? bytes[length - 1] & 0xff : 0);
        if (begin >= end || end - begin > OutgoingTrack.LONGEST_PAYLOAD) {
            return null;
        }
        int timestamp = Bytes.i32(bytes, 4);
        return new Unit(
                video,
                Duration.ZERO,
                timestamp,
                true,
                List.of(Arrays.copyOfRange(bytes, begin, end)),
                (bytes[1] & 0x80) != 0);
    }

    @Override
    public Unit peek() {
        return waiting.peek();
    }

    @Override
    public void take() {
        waiting.poll();
    }

    @Override
    public void begin() {
        waiting.clear();
    }

    @Override
    public boolean isOver() {
        return over && waiting.isEmpty();
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        socket.close();
    }
}
