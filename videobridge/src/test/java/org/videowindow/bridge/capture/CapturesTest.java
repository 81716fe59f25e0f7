package org.videowindow.bridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.videowindow.bridge.colibri.MemoryConferences;
import org.videowindow.bridge.conference.ConferenceException;
import org.videowindow.bridge.conference.EndpointSettings;

@Timeout(30)
class CapturesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int HEADER = 20;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADERS = 16 + 20 + 8;

    @TempDir
    private Path folder;

    private MemoryConferences.MemoryConference conference;

    @BeforeEach
    void aConference() throws Exception {
        conference = (MemoryConferences.MemoryConference) new MemoryConferences().create("meeting", null);
        conference.addEndpoint("anna", new EndpointSettings(List.of(), List.of()));
    }

    private CaptureSettings settings(boolean payload, long maxFile) {
        return new CaptureSettings(folder.resolve("captures"), payload, maxFile, MINUTE);
    }

    @Test
    void headersOnlyUnlessPayloadIsAskedForAndAllowed() throws Exception {
        try (Captures captures = new Captures(settings(false, 10_000))) {
            assertThatThrownBy(() -> captures.begin(conference, "anna", true, MINUTE))
                    .isInstanceOf(Captures.Refused.class)
                    .hasMessageContaining("videobridge.capture.payload");

            Captures.View view = captures.begin(conference, "anna", false, MINUTE);
            conference.taps.get("anna").packet(true, new byte[1_200], 7, 1_000, HEADER);
            Optional<Captures.View> ended = captures.end(view.id());

            assertThat(ended)
                    .hasValueSatisfying(one -> assertThat(one.packets()).isEqualTo(1));
            assertThat(Files.size(Path.of(view.file()))).isEqualTo(FILE_HEADER + RECORD_HEADERS + HEADER);
            assertThat(captures.list()).isEmpty();
            assertThat(conference.taps).as("the tap is taken away").isEmpty();
        }
    }

    @Test
    void payloadIsWrittenWhereTheOperatorAllowsIt() throws Exception {
        try (Captures captures = new Captures(settings(true, 10_000))) {
            Captures.View view = captures.begin(conference, "anna", true, MINUTE);
            conference.taps.get("anna").packet(false, new byte[] {0, 0, 5, 6, 7}, 2, 3, 1);
            captures.end(view.id());
            byte[] file = Files.readAllBytes(Path.of(view.file()));
            assertThat(file).endsWith(5, 6, 7);
            assertThat(ByteBuffer.wrap(file, FILE_HEADER + 8, 4).getInt()).isEqualTo(20 + 8 + 3);
        }
    }

    @Test
    void theFileIsForItsOwnerAlone() throws Exception {
        try (Captures captures = new Captures(settings(false, 10_000))) {
            Captures.View view = captures.begin(conference, "anna", false, MINUTE);
            captures.end(view.id());
            Path file = Path.of(view.file());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aFullFileEndsTheCaptureByItself() throws Exception {
        try (Captures captures = new Captures(settings(true, 500))) {
            Captures.View view = captures.begin(conference, "anna", true, MINUTE);
            for (int i = 0; i < 10; i++) {
                Optional.ofNullable(conference.taps.get("anna"))
                        .ifPresent(tap -> tap.packet(true, new byte[200], 0, 200, 12));
            }
            while (!captures.list().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(Files.size(Path.of(view.file()))).isEqualTo(FILE_HEADER + RECORD_HEADERS + 200);
        }
    }

    @Test
    void nothingIsCapturedUnlessAFolderIsNamed() throws Exception {
        try (Captures captures = new Captures(CaptureSettings.OFF)) {
            assertThatThrownBy(() -> captures.begin(conference, "anna", false, MINUTE))
                    .isInstanceOf(Captures.Refused.class)
                    .hasMessageContaining("videobridge.capture.folder");
        }
    }

    @Test
    void oneCapturePerEndpointAndFourInAll() throws Exception {
        try (Captures captures = new Captures(settings(false, 10_000))) {
            captures.begin(conference, "anna", false, MINUTE);
            assertThatThrownBy(() -> captures.begin(conference, "anna", false, MINUTE))
                    .isInstanceOf(Captures.Refused.class);
            for (String id : List.of("ben", "cleo", "dora", "emil")) {
                conference.addEndpoint(id, new EndpointSettings(List.of(), List.of()));
            }
            captures.begin(conference, "ben", false, MINUTE);
            captures.begin(conference, "cleo", false, MINUTE);
            captures.begin(conference, "dora", false, MINUTE);
            assertThatThrownBy(() -> captures.begin(conference, "emil", false, MINUTE))
                    .isInstanceOf(Captures.Refused.class)
                    .hasMessageContaining("4");
        }
    }

    @Test
    void anUnknownEndpointLeavesNothingBehind() throws Exception {
        try (Captures captures = new Captures(settings(false, 10_000))) {
            assertThatThrownBy(() -> captures.begin(conference, "nobody", false, MINUTE))
                    .isInstanceOf(ConferenceException.class);
            assertThat(captures.list()).isEmpty();
            assertThat(folder.resolve("captures")).doesNotExist();
        }
    }
}
