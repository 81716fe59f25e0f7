package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.PacketCiphers;
import org.videowindow.bridge.srtp.SrtpSender;

/** In which order packets leave that arrived together, and what ends the waiting for more of them. */
class PacketsInHandTest {
    private static final int RECEIVERS = 5;
    private static final int SENDER = SealedRoom.FIRST_PORT;

    /** Who was sent what, "receiver:sequence number of the sender". */
    private final List<String> left = new ArrayList<>();

    private final long now = 1_000_000_000L;
    private final PacketCiphers ciphers = new PacketCiphers(CryptoProvider.JAVA);
    private final SrtpSender srtp = new SrtpSender(SealedRoom.PROFILE, new byte[16], new byte[12], ciphers);
    private SealedRoom room;
    private int next = 1;

    private void open(int receivers) throws Exception {
        room = SealedRoom.open(CryptoProvider.JAVA, 1 + receivers, this::sent, now);
        room.begin(now);
        picture(1_000, true, true);
        room.handOut(now);
        assertThat(left).hasSize(receivers);
        left.clear();
    }

    /** Receivers begin at the first packet, so they see the sender's numbers. */
    private void sent(int port, MemorySegment memory, int offset, int length) {
        int high = memory.get(ValueLayout.JAVA_BYTE, offset + 2) & 0xff;
        int low = memory.get(ValueLayout.JAVA_BYTE, offset + 3) & 0xff;
        left.add(port - SENDER + ":" + (high << 8 | low));
    }

    private void arrive(byte[] packet) {
        byte[] sealed = new byte[packet.length + 32];
        int length = srtp.protect(packet, 0, packet.length, sealed, 0);
        room.arrive(sealed, length, SENDER, now);
    }

    private void picture(int timestamp, boolean key, boolean start) {
        byte[] packet = MediaPackets.rtp(
                MediaKind.VIDEO, Offers.VP8, 1_001, next, timestamp, next, MediaPackets.vp8(key, start, 200));
        next++;
        arrive(packet);
    }

    private static List<String> each(int receivers, int... numbers) {
        return IntStream.rangeClosed(1, receivers)
                .boxed()
                .flatMap(receiver -> IntStream.of(numbers).mapToObj(number -> receiver + ":" + number))
                .toList();
    }

    @Test
    void eachReceiverGetsAllOfAFrameBeforeTheNext() throws Exception {
        open(RECEIVERS);
        picture(4_000, false, true);
        picture(4_000, false, false);
        picture(4_000, false, false);
        assertThat(left).isEmpty();
        room.handOut(now);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, 2, 3, 4));
        left.clear();
        room.handOut(now);
        assertThat(left).isEmpty();
    }

    @Test
    void theNextFrameHandsOutTheOneBefore() throws Exception {
        open(RECEIVERS);
        picture(4_000, false, true);
        picture(4_000, false, false);
        picture(7_000, false, true);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, 2, 3));
    }

    @Test
    void checksOfReceiversInBetweenChangeNothing() throws Exception {
        open(RECEIVERS);
        picture(4_000, false, true);
        byte[] check = room.check(2);
        room.arrive(check, check.length, SENDER + 2, now);
        picture(4_000, false, false);
        assertThat(left).isEmpty();
        room.handOut(now);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, 2, 3));
    }

    @Test
    void soundThatIsThereGoesAheadOfThePicture() throws Exception {
        open(RECEIVERS);
        picture(4_000, false, true);
        arrive(MediaPackets.rtp(MediaKind.AUDIO, Offers.OPUS, 1_000, 77, 960, 9, new byte[50]));
        picture(4_000, false, false);
        arrive(MediaPackets.rtp(MediaKind.AUDIO, Offers.OPUS, 1_000, 78, 1_920, 10, new byte[50]));
        assertThat(left).isEmpty();
        room.handOut(now);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, 77, 78, 2, 3));
    }

    @Test
    void aFrameOfManyPacketsIsHandedOutInParts() throws Exception {
        open(RECEIVERS);
        int[] numbers = IntStream.rangeClosed(2, PacketsInHand.MOST + 1).toArray();
        for (int i = 0; i < PacketsInHand.MOST; i++) {
            picture(4_000, false, i == 0);
        }
        assertThat(left).isEmpty();
        picture(4_000, false, false);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, numbers));
        left.clear();
        room.handOut(now);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, PacketsInHand.MOST + 2));
    }

    @Test
    void whatComesTwiceIsNotInHandTwice() throws Exception {
        open(RECEIVERS);
        picture(4_000, false, true);
        next--;
        picture(4_000, false, true);
        room.handOut(now);
        assertThat(left).containsExactlyElementsOf(each(RECEIVERS, 2));
    }

    @Test
    void withFewReceiversNothingWaits() throws Exception {
        open(FrameGathering.FEWEST_TAKERS - 1);
        picture(4_000, false, true);
        assertThat(left).containsExactlyElementsOf(each(FrameGathering.FEWEST_TAKERS - 1, 2));
    }
}
