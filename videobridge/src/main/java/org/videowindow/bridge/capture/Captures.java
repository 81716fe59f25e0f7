package org.videowindow.bridge.capture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.ConferenceException;
import org.videowindow.bridge.conference.ConferenceException.Reason;
import org.videowindow.bridge.conference.PacketTap;

/** The captures that run, a few at most. Any thread. */
public final class Captures implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Captures.class);
    private static final int MOST = 4;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private record Running(String meetingId, String endpointId, EndpointCapture capture) {}

    private final CaptureSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    public Captures(CaptureSettings settings) {
        this.settings = settings;
    }

    /**
     * A capture that runs.
     *
     * @param id its id
     * @param meetingId the meeting
     * @param endpointId the endpoint
     * @param file where it is written
     * @param packets written so far
     * @param leftOut packets that were not written because the disk was too slow
     * @param bytes written so far
     */
    public record View(
            String id, String meetingId, String endpointId, String file, long packets, long leftOut, long bytes) {}

    /** Why a capture was refused. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** Whether anything may be captured. */
    public boolean areAllowed() {
        return settings.folder() != null;
    }

    /**
     * Begins to write what an endpoint sends and is sent.
     *
     * @param payload whether sound and pictures are written too
     * @param time how long at most; the configuration may say less
     * @throws Refused in one sentence
     * @throws ConferenceException when there is no such endpoint
     */
    public synchronized View begin(Conference conference, String endpointId, boolean payload, Duration time)
            throws Refused, ConferenceException {
        if (!areAllowed()) {
            throw new Refused("Packets may not be captured: videobridge.capture.folder is not set.");
        }
        if (payload && !settings.payload()) {
            throw new Refused("Only headers may be captured: videobridge.capture.payload is false.");
        }
        if (running.size() >= MOST) {
            throw new Refused("No more than " + MOST + " captures run at a time.");
        }
        if (running.values().stream()
                .anyMatch(one -> one.meetingId.equals(conference.meetingId()) && one.endpointId.equals(endpointId))) {
            throw new Refused("This endpoint is being captured already.");
        }
        Conference.MediaPath path = conference
                .mediaPath(endpointId)
                .orElseThrow(() -> new Refused("Nothing flows to or from this endpoint yet."));
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Path file = settings.folder().resolve(STAMP.format(Instant.now()) + "-" + id + ".pcap");
        EndpointCapture capture = open(file, path.local(), path.remote(), payload, shorter(time), ended -> {
            running.remove(id);
            detach(conference, endpointId, ended);
        });
        Running one = new Running(conference.meetingId(), endpointId, capture);
        running.put(id, one);
        capture.start();
        try {
            conference.tap(endpointId, capture);
        } catch (ConferenceException e) {
            capture.close();
            throw e;
        }
        log.info("Capture {} of an endpoint begins, {}", id, payload ? "with payload" : "headers only");
        return view(id, one);
    }

    private EndpointCapture open(
            Path file,
            InetSocketAddress local,
            InetSocketAddress remote,
            boolean payload,
            Duration time,
            Consumer<PacketTap> whenEnded)
            throws Refused {
        try {
            Files.createDirectories(
                    settings.folder(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new EndpointCapture(file, local, remote, payload, settings.maxFile(), time, whenEnded);
        } catch (IOException | UnsupportedOperationException e) {
            throw new Refused("The file " + file + " cannot be made: " + e.getMessage());
        }
    }

    private Duration shorter(Duration time) {
        return time.compareTo(settings.longest()) < 0 ? time : settings.longest();
    }

    private static void detach(Conference conference, String endpointId, PacketTap tap) {
        try {
            conference.untap(endpointId, tap);
        } catch (ConferenceException e) {
            if (e.reason() != Reason.UNKNOWN) {
                log.warn("An ended capture is still fed: {}", e.getMessage());
            }
        }
    }

    /** Ends a capture; its last state, or nothing when there is none of this id. */
    public Optional<View> end(String id) {
        Running one = running.get(id);
        if (one == null) {
            return Optional.empty();
        }
        one.capture.close();
        return Optional.of(view(id, one));
    }

    /** Those that run. */
    public List<View> list() {
        return running.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static View view(String id, Running one) {
        EndpointCapture capture = one.capture;
        return new View(
                id,
                one.meetingId,
                one.endpointId,
                capture.file().toString(),
                capture.packets(),
                capture.leftOut(),
                capture.bytes());
    }

    @Override
    public void close() {
        running.values().forEach(one -> one.capture.close());
    }
}
