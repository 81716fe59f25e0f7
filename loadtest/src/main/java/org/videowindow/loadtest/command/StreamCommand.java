package org.videowindow.loadtest.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.stream.Streaming;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A recorded file, a camera or incoming RTP as a participant of a meeting. */
@Command(
        name = "stream",
        description = "Joins a meeting as a guest and sends a recorded file, a camera or incoming RTP into it.",
        mixinStandardHelpOptions = true)
public final class StreamCommand implements Callable<Integer> {
    @Option(
            names = "--meeting",
            required = true,
            paramLabel = "URL",
            description =
                    "Link of a meeting that guests may join, for example https://meet.example.org/j/abcd-efgh-ijk.")
    private String meeting;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    /** Where the media come from. */
    static final class Input {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "WebM (VP8, VP9, AV1, Opus), IVF (VP8, VP9, AV1) or Ogg (Opus); - reads standard input.")
        private String file;

        @Option(
                names = "--camera",
                paramLabel = "DEVICE",
                description = "A camera, for example /dev/video0; needs ffmpeg on this machine.")
        private String camera;

        @ArgGroup(exclusive = false)
        private Rtp rtp;
    }

    /** Plain RTP of another program. */
    static final class Rtp {
        @Option(names = "--rtp-video", paramLabel = "PORT", description = "UDP port for pictures on loopback.")
        private Integer video;

        @Option(names = "--rtp-audio", paramLabel = "PORT", description = "UDP port for Opus on loopback.")
        private Integer audio;

        @Option(
                names = "--rtp-codec",
                defaultValue = "VP8",
                description = "Codec of the pictures: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
        private Codec codec;
    }

    @Option(names = "--name", defaultValue = "Stream", description = "Name in the meeting (${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--loop", description = "Begins the file anew at its end, until stopped.")
    private boolean loop;

    @Option(names = "--insecure", description = "Accepts any certificate of the server: for tests on one machine.")
    private boolean insecure;

    @Override
    public Integer call() throws IOException {
        try (Terminal terminal = new Terminal();
                Streaming streaming = streaming()) {
            streaming.join(meeting, name, insecure);
            terminal.line("In the meeting as " + streaming.endpointId() + "; media begin when somebody else is there.");
            String end = streaming.await(position -> terminal.step(position.toSeconds() + " s"));
            terminal.line(end);
            return streaming.isComplete() ? 0 : 1;
        }
    }

    private Streaming streaming() throws IOException {
        if (input.file != null) {
            return Streaming.ofFile(input.file, loop);
        }
        if (input.camera != null) {
            return Streaming.ofCamera(input.camera);
        }
        return Streaming.ofRtp(input.rtp.video, input.rtp.audio, input.rtp.codec);
    }
}
