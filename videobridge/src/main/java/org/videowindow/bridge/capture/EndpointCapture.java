package org.videowindow.bridge.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.conference.PacketTap;

/**
 * Writes what a tap sees to a file, on a thread of its own. The worker only copies into a bounded queue; when the disk
 * is slower than the packets, packets are left out and counted. Ends by itself: by time, by size, by a full disk.
 */
final class EndpointCapture implements PacketTap, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EndpointCapture.class);

    /** About two seconds of a busy endpoint. */
    private static final int QUEUE = 4_096;

    private static final long LOOK_MILLIS = 200;

    private final Path file;
    private final InetSocketAddress bridge;
    private final InetSocketAddress endpoint;
    private final boolean payload;
    private final long maxFile;
    private final long deadline;
    private final Consumer<PacketTap> whenEnded;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread writer;
    private volatile boolean stopping;

    /**
     * Makes the file.
     *
     * @param payload whether more than headers is written
     * @param whenEnded called once on the writing thread, when the file is complete
     * @throws IOException when the file cannot be made
     */
    EndpointCapture(
            Path file,
            InetSocketAddress bridge,
            InetSocketAddress endpoint,
            boolean payload,
            long maxFile,
            Duration longest,
            Consumer<PacketTap> whenEnded)
            throws IOException {
        this.file = file;
        this.bridge = bridge;
        this.endpoint = endpoint;
        this.payload = payload;
        this.maxFile = maxFile;
        this.deadline = System.nanoTime() + longest.toNanos();
        this.whenEnded = whenEnded;
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        writer = Thread.ofPlatform().name("capture").daemon(true).unstarted(() -> write(out));
    }

    void start() {
        writer.start();
    }

    Path file() {
        return file;
    }

    /** Packets in the file. */
    long packets() {
        return packets.get();
    }

    /** Packets that were left out because the disk was too slow. */
    long leftOut() {
        return left.get();
    }

    /** Bytes in the file. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void packet(boolean toEndpoint, byte[] buffer, int offset, int length, int headerLength) {
        int kept = payload ? length : Math.min(length, headerLength);
        byte[] copy = Arrays.copyOfRange(buffer, offset, offset + kept);
        byte[] record = PcapFormat.record(
                Instant.now(), toEndpoint ? bridge : endpoint, toEndpoint ? endpoint : bridge, copy, length);
        if (stopping || !waiting.offer(record)) {
            left.incrementAndGet();
        }
    }

    private void write(OutputStream out) {
        try (out) {
            append(out, PcapFormat.fileHeader());
            while (!stopping && System.nanoTime() - deadline < 0) {
                byte[] record = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (record != null && !appendPacket(out, record)) {
                    break;
                }
            }
            stopping = true;
            byte[] record = waiting.poll();
            while (record != null && appendPacket(out, record)) {
                record = waiting.poll();
            }
        } catch (IOException e) {
            log.warn("The capture {} ends early: {}", file.getFileName(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopping = true;
            whenEnded.accept(this);
        }
    }

    /** False when the file is full. */
    private boolean appendPacket(OutputStream out, byte[] record) throws IOException {
        if (bytes.get() + record.length > maxFile) {
            return false;
        }
        append(out, record);
        packets.incrementAndGet();
        return true;
    }

    private void append(OutputStream out, byte[] some) throws IOException {
        out.write(some);
        bytes.addAndGet(some.length);
    }

    /** Ends it and waits until the file is complete. */
    @Override
    public void close() {
        stopping = true;
        if (Thread.currentThread() == writer) {
            return;
        }
        try {
            writer.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
