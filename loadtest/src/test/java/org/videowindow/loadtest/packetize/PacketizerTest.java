package org.videowindow.loadtest.packetize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.loadtest.container.Track;

class PacketizerTest {
    private static final int LARGEST = Packetizer.LARGEST_PAYLOAD;

    private static byte[] random(int length, int first) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        bytes[0] = (byte) first;
        return bytes;
    }

    private static byte[] behind(List<byte[]> payloads, int descriptor) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        payloads.forEach(payload -> all.write(payload, descriptor, payload.length - descriptor));
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1_176, 1_177, 2_352, 40_000})
    void aVp8FrameComesInPiecesOfNearlyOneSizeWithOnePictureId(int length) throws IOException {
        Packetizer packetizer = Packetizer.of(Track.Codec.VP8);
        byte[] frame = random(length, 0x10);
        List<byte[]> payloads = packetizer.payloads(frame);
        assertThat(behind(payloads, 4)).isEqualTo(frame);
        assertThat(payloads.getFirst()[0]).isEqualTo((byte) 0x90);
        assertThat(payloads.subList(1, payloads.size())).allMatch(payload -> payload[0] == (byte) 0x80);
        assertThat(payloads).allMatch(payload -> payload.length <= LARGEST);
        int smallest =
                payloads.stream().mapToInt(payload -> payload.length).min().orElseThrow();
        int largest =
                payloads.stream().mapToInt(payload -> payload.length).max().orElseThrow();
        assertThat(largest - smallest).isLessThanOrEqualTo(1);
        int id = pictureId(payloads.getFirst(), 2);
        assertThat(payloads).allMatch(payload -> pictureId(payload, 2) == id);
        assertThat(pictureId(packetizer.payloads(frame).getFirst(), 2)).isEqualTo((id + 1) & 0x7fff);
        assertThat(packetizer.isKeyFrame(frame)).isTrue();
        assertThat(packetizer.isKeyFrame(random(length, 0x11))).isFalse();
    }

    private static int pictureId(byte[] payload, int at) {
        assertThat(payload[at] & 0x80).isNotZero();
        return (payload[at] & 0x7f) << 8 | (payload[at + 1] & 0xff);
    }

    @Test
    void aVp9FrameSaysWhereItBeginsAndEndsAndWhetherItRefersToOthers() throws IOException {
        Packetizer packetizer = Packetizer.of(Track.Codec.VP9);
        byte[] key = random(3_000, 0x82);
        byte[] delta = random(100, 0x86);
        assertThat(packetizer.isKeyFrame(key)).isTrue();
        assertThat(packetizer.isKeyFrame(delta)).isFalse();
        assertThat(packetizer.isKeyFrame(random(10, 0x8a)))
                .as("shows an existing frame")
                .isFalse();
        assertThat(packetizer.isKeyFrame(random(10, 0xb1))).as("profile 3").isTrue();

        List<byte[]> payloads = packetizer.payloads(key);
        assertThat(behind(payloads, 3)).isEqualTo(key);
        assertThat(payloads).extracting(payload -> payload[0]).containsExactly((byte) 0x88, (byte) 0x80, (byte) 0x84);
        assertThat(packetizer.payloads(delta)).extracting(payload -> payload[0]).containsExactly((byte) 0xcc);
        assertThatThrownBy(() -> packetizer.payloads(new byte[] {0x12})).isInstanceOf(IOException.class);
    }

    /** An OBU with its size. */
    private static byte[] unit(int type, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(type << 3 | 0x02);
        int length = content.length;
        while (length >= 0x80) {
            bytes.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        bytes.write(length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    /** What a receiver puts together (RTP Payload Format For AV1 section 5). */
    private static byte[] assembled(List<byte[]> payloads) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] payload : payloads) {
            int at = 1;
            while (at < payload.length) {
                int length = payload[at] & 0x7f;
                if ((payload[at++] & 0x80) != 0) {
                    length |= (payload[at++] & 0x7f) << 7;
                }
                all.write(payload, at, length);
                at += length;
            }
            assertThat(at).isEqualTo(payload.length);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_150, 1_175, 1_176, 1_177, 1_178, 1_179, 1_180, 2_353, 9_000})
    void anAv1UnitIsSentWithoutSizesAndDelimiters(int length) throws IOException {
        Packetizer packetizer = Packetizer.of(Track.Codec.AV1);
        byte[] sequence = random(11, 5);
        byte[] picture = random(length, 7);
        byte[] frame = concat(unit(2, new byte[0]), unit(1, sequence), unit(6, picture), unit(15, new byte[50]));
        List<byte[]> payloads = packetizer.payloads(frame);
        assertThat(assembled(payloads)).isEqualTo(concat(new byte[] {1 << 3}, sequence, new byte[] {6 << 3}, picture));
        assertThat(payloads).allMatch(payload -> payload.length <= LARGEST);
        for (int i = 0; i < payloads.size(); i++) {
            boolean continues = (payloads.get(i)[0] & 0x80) != 0;
            boolean goesOn = (payloads.get(i)[0] & 0x40) != 0;
            boolean newSequence = (payloads.get(i)[0] & 0x08) != 0;
            assertThat(newSequence).isEqualTo(i == 0);
            if (i == 0) {
                assertThat(continues).isFalse();
            } else {
                assertThat(continues).isEqualTo((payloads.get(i - 1)[0] & 0x40) != 0);
            }
            assertThat(i < payloads.size() - 1 || !goesOn).isTrue();
        }
        assertThat(packetizer.isKeyFrame(frame)).isTrue();
        assertThat(packetizer.isKeyFrame(unit(6, picture))).isFalse();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void brokenAv1UnitsAreRefusedInASentence() {
        Packetizer packetizer = Packetizer.of(Track.Codec.AV1);
        byte[] good = concat(unit(1, random(11, 5)), unit(6, random(300, 7)));
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            if (length != 13) {
                assertThatThrownBy(() -> packetizer.payloads(cut)).isInstanceOf(IOException.class);
            }
        }
    }
}
