package org.videowindow.bridge.tcp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Packets that wait for a connection, framed. Filled by a worker, emptied by the thread of the connections.
 *
 * <p>TCP holds back what does not fit the network, and old pictures are of no use to a live call: what is older than a
 * second is not sent, and when the queue is full the oldest pictures go first, then the oldest sound. Checks, keys and
 * reports are small and stay. What is a picture is told by its size: sound has some hundred bytes at most.
 */
final class SendQueue {
    /** Bytes that wait at most: half a second of a good picture. */
    static final int MOST_BYTES = 256 * 1024;

    /** Media older than this, in nanoseconds, are not sent any more. */
    static final long OLDEST_NANOS = 1_000_000_000L;

    private static final int SOUND = 400;

    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
    private int bytes;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(byte[] bytes, long since, boolean media) {
        boolean isPicture() {
            return media && bytes.length > SOUND;
        }
    }

    /** Something that is no packet: the answer of {@link PseudoTls}. */
    synchronized void addRaw(byte[] raw, long now) {
        waiting.add(new Frame(raw, now, false));
        bytes += raw.length;
    }

    /**
     * Adds a packet; its bytes are copied.
     *
     * @return packets thrown away for it, or it itself
     */
    synchronized int add(byte[] packet, int offset, int length, long now) {
        int dropped = 0;
        while (bytes + 2 + length > MOST_BYTES) {
            dropped++;
            if (!removeOldest(true) && !removeOldest(false)) {
                return dropped;
            }
        }
        byte[] framed = new byte[2 + length];
        framed[0] = (byte) (length >> 8);
        framed[1] = (byte) length;
        System.arraycopy(packet, offset, framed, 2, length);
        waiting.add(new Frame(framed, now, isMedia(packet, offset, length)));
        bytes += framed.length;
        return dropped;
    }

    /** RTP; RTCP has packet types 192 to 223 (RFC 5761 section 4). */
    private static boolean isMedia(byte[] packet, int offset, int length) {
        int first = packet[offset] & 0xff;
        int second = length > 1 ? packet[offset + 1] & 0xff : 0;
        return first >= 128 && first <= 191 && (second < 192 || second > 223);
    }

    private boolean removeOldest(boolean pictures) {
        for (Iterator<Frame> frames = waiting.iterator(); frames.hasNext(); ) {
            Frame frame = frames.next();
            if (pictures ? frame.isPicture() : frame.media()) {
                frames.remove();
                bytes -= frame.bytes().length;
                return true;
            }
        }
        return false;
    }

    /**
     * Moves what waits into the buffer, as much as fits.
     *
     * @return packets that were too old
     */
    synchronized int drain(ByteBuffer into, long now) {
        int dropped = 0;
        for (Frame frame; (frame = waiting.peek()) != null; ) {
            boolean stale = frame.media() && now - frame.since() > OLDEST_NANOS;
            if (!stale && frame.bytes().length > into.remaining()) {
                break;
            }
            waiting.poll();
            bytes -= frame.bytes().length;
            if (stale) {
                dropped++;
            } else {
                into.put(frame.bytes());
            }
        }
        return dropped;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return "SendQueue" + Arrays.asList(waiting.size(), bytes);
    }
}
