package org.videowindow.loadtest.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.videowindow.loadtest.container.MediaBytes.ascii;
import static org.videowindow.loadtest.container.MediaBytes.block;
import static org.videowindow.loadtest.container.MediaBytes.element;
import static org.videowindow.loadtest.container.MediaBytes.ivf;
import static org.videowindow.loadtest.container.MediaBytes.join;
import static org.videowindow.loadtest.container.MediaBytes.number;
import static org.videowindow.loadtest.container.MediaBytes.opusHead;
import static org.videowindow.loadtest.container.MediaBytes.opusTags;
import static org.videowindow.loadtest.container.MediaBytes.page;
import static org.videowindow.loadtest.container.MediaBytes.webm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFileTest {
    private static final long CLUSTER = 0x1f43b675L;
    private static final long SIMPLE_BLOCK = 0xa3;
    private static final long BLOCK_GROUP = 0xa0;
    private static final long BLOCK = 0xa1;
    private static final long TIMESTAMP = 0xe7;

    @TempDir
    private Path folder;

    private MediaFile open(byte[] bytes) throws IOException {
        return MediaFile.open(Files.write(folder.resolve("clip"), bytes));
    }

    private List<String> read(byte[] bytes) throws IOException {
        List<String> frames = new ArrayList<>();
        try (MediaFile file = open(bytes)) {
            for (MediaFrame frame = file.next(); frame != null; frame = file.next()) {
                frames.add(frame.track() + "@" + frame.at().toMillis() + " " + Arrays.toString(frame.data()));
            }
        }
        return frames;
    }

    @ParameterizedTest
    @CsvSource({"VP80, VP8", "VP90, VP9", "AV01, AV1"})
    void framesOfIvfHaveTheTimeOfTheirTimeBase(String fourCc, Track.Codec codec) throws IOException {
        byte[] file = ivf(fourCc, 30_000, 1_001, new byte[] {1, 2}, new byte[] {}, new byte[] {3});
        assertThat(open(file).tracks()).containsExactly(new Track(0, codec));
        assertThat(read(file)).containsExactly("0@0 [1, 2]", "0@33 []", "0@66 [3]");
    }

    @Test
    void opusPacketsAreCollectedOverSegmentsAndPagesAndSoundOneAfterAnother() throws IOException {
        byte[] full = new byte[255];
        byte[] end = new byte[10];
        full[0] = (byte) (31 << 3);
        byte[] silk60 = {(byte) (3 << 3), 7};
        byte[] file = join(
                page(5, false, opusHead()),
                page(9, false, ascii("another")),
                page(5, false, opusTags()),
                page(5, false, silk60, full),
                page(5, true, end, new byte[] {(byte) (31 << 3 | 1)}));
        try (MediaFile ogg = open(file)) {
            assertThat(ogg.tracks()).containsExactly(new Track(0, Track.Codec.OPUS));
            assertThat(ogg.next().at()).isEqualTo(Duration.ZERO);
            MediaFrame second = ogg.next();
            assertThat(second.at()).isEqualTo(Duration.ofMillis(60));
            assertThat(second.data()).hasSize(265);
            assertThat(ogg.next().at()).isEqualTo(Duration.ofMillis(80));
            assertThat(ogg.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blocksOfWebmAreThoseOfKnownTracksWhetherSizesAreKnownOrNot(boolean unknownSizes) throws IOException {
        byte[] file = webm(
                unknownSizes,
                element(
                        CLUSTER,
                        unknownSizes,
                        number(TIMESTAMP, 1_000),
                        element(SIMPLE_BLOCK, block(1, 0, (byte) 1)),
                        element(SIMPLE_BLOCK, block(3, 0, (byte) 9)),
                        element(SIMPLE_BLOCK, block(2, -5, (byte) 2))),
                element(
                        CLUSTER,
                        unknownSizes,
                        number(TIMESTAMP, 2_000),
                        element(BLOCK_GROUP, number(0x9b, 20), element(BLOCK, block(1, 33, (byte) 3, (byte) 4)))));
        assertThat(open(file).tracks()).containsExactly(new Track(1, Track.Codec.VP8), new Track(2, Track.Codec.OPUS));
        assertThat(read(file)).containsExactly("1@1000 [1]", "2@995 [2]", "1@2033 [3, 4]");
    }

    @Test
    void whatIsNoMediaFileIsSaidToBeNone() {
        assertThatThrownBy(() -> open(ascii("RIFF....WAVE"))).hasMessageContaining("none of WebM, IVF and Ogg");
        assertThatThrownBy(() -> open(new byte[0])).hasMessageContaining("none of WebM, IVF and Ogg");
        assertThatThrownBy(() -> open(ivf("H264", 30, 1))).hasMessageContaining("neither VP8, VP9 nor AV1");
        assertThatThrownBy(() -> open(page(1, false, ascii("vorbis")))).hasMessageContaining("does not hold Opus");
    }

    @Test
    void cutOffOrGarbledFilesEndWithASentenceAndNothingElse() throws IOException {
        List<byte[]> files = List.of(
                ivf("VP80", 30, 1, new byte[20], new byte[5]),
                join(page(5, false, opusHead()), page(5, false, opusTags()), page(5, false, new byte[40])),
                webm(false, element(CLUSTER, number(TIMESTAMP, 1), element(SIMPLE_BLOCK, block(1, 0, (byte) 1)))));
        for (byte[] file : files) {
            for (int length = 0; length < file.length; length++) {
                readOrSay(Arrays.copyOf(file, length));
            }
            for (int at = 0; at < file.length; at++) {
                byte[] garbled = file.clone();
                garbled[at] ^= (byte) 0xff;
                readOrSay(garbled);
            }
        }
    }

    private void readOrSay(byte[] bytes) {
        try {
            read(bytes);
        } catch (IOException e) {
            assertThat(e.getMessage()).as(e.toString()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "3, 60", "12, 10", "13, 20", "16, 2.5", "19, 20", "31, 20"})
    void anOpusPacketTellsHowLongItSounds(int configuration, double millis) {
        byte toc = (byte) (configuration << 3);
        assertThat(OpusPacket.duration(new byte[] {toc})).isEqualTo(Duration.ofNanos((long) (millis * 1e6)));
        assertThat(OpusPacket.duration(new byte[] {(byte) (toc | 2)}))
                .isEqualTo(Duration.ofNanos((long) (2 * millis * 1e6)));
        assertThat(OpusPacket.duration(new byte[] {(byte) (toc | 3), 6}))
                .isEqualTo(Duration.ofNanos((long) (6 * millis * 1e6)));
        assertThat(OpusPacket.duration(new byte[] {(byte) (toc | 3)})).isZero();
        assertThat(OpusPacket.duration(new byte[0])).isZero();
    }
}
