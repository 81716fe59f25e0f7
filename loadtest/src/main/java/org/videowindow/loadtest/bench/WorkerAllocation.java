package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.videowindow.loadtest.sfu.ColibriServer;
import org.videowindow.loadtest.sfu.MediaServer;

/** What the media threads of our bridge have allocated, to the byte, as its metrics tell. */
final class WorkerAllocation {
    private static final Pattern WORKER =
            Pattern.compile("^videobridge_worker_allocated_bytes_total\\{[^}]*} (\\S+)$", Pattern.MULTILINE);

    private WorkerAllocation() {}

    /** Bytes since their start, or -1 where it cannot be told. */
    static long bytes(MediaServer server) throws IOException {
        return server instanceof ColibriServer bridge ? bytes(bridge.get("/metrics")) : -1;
    }

    /** The sum over the workers, or -1 if there is none. */
    static long bytes(String metrics) {
        long bytes = -1;
        for (MatchResult worker : WORKER.matcher(metrics).results().toList()) {
            bytes = Math.max(0, bytes) + (long) Double.parseDouble(worker.group(1));
        }
        return bytes;
    }
}
