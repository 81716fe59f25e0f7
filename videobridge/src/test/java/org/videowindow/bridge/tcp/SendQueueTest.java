package org.videowindow.bridge.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final int SOUND = 200;
    private static final int PICTURE = 1_200;

    private final SendQueue queue = new SendQueue();

    private int add(int first, int second, int length, int number, long now) {
        byte[] packet = new byte[length + 3];
        packet[3] = (byte) first;
        packet[4] = (byte) second;
        packet[5] = (byte) number;
        return queue.add(packet, 3, length, now);
    }

    private int media(int length, int number, long now) {
        return add(0x80, 111, length, number, now);
    }

    /** Number and length of what comes out. */
    private List<String> drain(long now) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20);
        queue.drain(out, now);
        out.flip();
        List<String> packets = new ArrayList<>();
        while (out.hasRemaining()) {
            byte[] packet = new byte[out.getShort()];
            out.get(packet);
            packets.add((packet[2] & 0xff) + ":" + packet.length);
        }
        return packets;
    }

    @Test
    void packetsAreFramedInTheirOrder() {
        assertThat(media(PICTURE, 1, 0)).isZero();
        assertThat(add(0x80, 200, 60, 2, 0)).isZero();
        assertThat(media(SOUND, 3, 0)).isZero();
        assertThat(drain(1)).containsExactly("1:1200", "2:60", "3:200");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void theOldestPicturesMakeRoomAndSoundStays() {
        int dropped = 0;
        for (int i = 0; i < 1_000; i++) {
            dropped += media(i % 10 == 0 ? SOUND : PICTURE, i % 256, 0);
        }
        List<String> left = drain(1);
        assertThat(left.stream().filter(packet -> packet.endsWith(":200"))).hasSize(100);
        assertThat(left).hasSize(1_000 - dropped).last().isEqualTo("231:1200");
    }

    @Test
    void withoutPicturesTheOldestSoundGoes() {
        int dropped = 0;
        for (int i = 0; i < 2_000; i++) {
            dropped += media(SOUND, i % 256, 0);
        }
        assertThat(dropped).isPositive();
        assertThat(drain(1)).hasSize(2_000 - dropped).last().isEqualTo("207:200");
    }

    @Test
    void checksKeysAndReportsStayUntilThereIsNoRoomAtAll() {
        int taken = 0;
        while (add(22, 0, PICTURE, taken % 256, 0) == 0) {
            taken++;
        }
        assertThat(taken).isEqualTo(SendQueue.MOST_BYTES / (PICTURE + 2));
        assertThat(media(PICTURE, 0, 0)).isOne();
        assertThat(drain(10 * SendQueue.OLDEST_NANOS))
                .as("and never get too old")
                .hasSize(taken);
    }

    @Test
    void mediaThatWaitedForASecondAreNotSent() {
        media(PICTURE, 1, 0);
        media(SOUND, 2, 0);
        add(0, 1, 64, 3, 0);
        media(SOUND, 4, SendQueue.OLDEST_NANOS);
        ByteBuffer out = ByteBuffer.allocate(4_096);
        assertThat(queue.drain(out, SendQueue.OLDEST_NANOS + 1)).isEqualTo(2);
        assertThat(out.position()).isEqualTo(66 + 202);
    }

    @Test
    void whatDoesNotFitTheBufferWaitsForTheNextRound() {
        for (int i = 0; i < 10; i++) {
            media(PICTURE, i, 0);
        }
        ByteBuffer out = ByteBuffer.allocate(5_000);
        queue.drain(out, 1);
        assertThat(out.position()).isEqualTo(4 * 1_202);
        assertThat(drain(1)).hasSize(6).first().isEqualTo("4:1200");
    }
}
