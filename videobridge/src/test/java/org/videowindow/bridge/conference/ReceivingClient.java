package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;

/** What a simulated client receives of the others' sound and pictures, and what it lacks. */
abstract class ReceivingClient extends KeyedClient {
    private final Map<Integer, NavigableSet<Integer>> received = new TreeMap<>();
    private final Map<Integer, Long> keyFrames = new TreeMap<>();
    private final Map<Integer, byte[]> newestPayload = new HashMap<>();
    private final Map<Integer, Integer> newestType = new HashMap<>();
    private final Map<Integer, Integer> newestPadding = new HashMap<>();
    private final List<Integer> transportSequences = new ArrayList<>();
    private final Map<Integer, NavigableMap<Integer, Integer>> encodings = new HashMap<>();

    /** On which SSRC which sources are, the present one last; for a client that maps sources. */
    private final Map<Integer, List<Integer>> sourcesOn = new HashMap<>();

    private final Map<Integer, Integer> repeatedBy = new HashMap<>();

    ReceivingClient(String id, int audioSsrc) {
        super(id, audioSsrc);
    }

    /** A packet in the clear. */
    void receiveRtp(byte[] bytes, long now) {
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
        assertThat(packet.findExtension(Offers.MID)).as("mid is not forwarded").isFalse();
        transportSequences.add(packet.transportSequence(Offers.TRANSPORT));
        if (packet.payloadType() == Offers.RTX) {
            byte[] original = new byte[bytes.length];
            int repeated = repeatedBy.getOrDefault(packet.ssrc(), packet.ssrc() - 1);
            int length = Rtx.unwrap(packet, original, 0, repeated, Offers.VP8);
            RtpPacket restored = new RtpPacket();
            assertThat(restored.wrap(original, 0, length)).isTrue();
            keep(restored);
            return;
        }
        if (packet.payloadType() == Offers.VP8
                && (packet.buffer()[packet.payloadOffset()] & 0x10) != 0
                && (packet.buffer()[packet.payloadOffset() + 1] & 1) == 0) {
            keyFrames.put(packet.ssrc(), now);
        }
        keep(packet);
    }

    /** Keeps a number that does not wrap: those above 32768 came first. */
    private void keep(RtpPacket packet) {
        int full = packet.sequenceNumber() + (packet.sequenceNumber() < 32_768 ? 65_536 : 0);
        byte[] payload = Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
        assertThat(ByteBuffer.wrap(payload).getInt(20))
                .as("content")
                .isIn(sourcesOn.getOrDefault(packet.ssrc(), List.of(packet.ssrc())));
        received.computeIfAbsent(packet.ssrc(), ssrc -> new TreeSet<>()).add(full);
        newestPayload.put(packet.ssrc(), payload);
        newestType.put(packet.ssrc(), packet.payloadType());
        newestPadding.put(packet.ssrc(), packet.paddingLength());
        encodings
                .computeIfAbsent(packet.ssrc(), ssrc -> new TreeMap<>())
                .put(full, ByteBuffer.wrap(payload).getInt(28));
    }

    /** It is told that a source, known to its sender by another SSRC, is on this one from now on. */
    void mapped(int ssrc, int repeatSsrc, int senderSsrc) {
        sourcesOn.computeIfAbsent(ssrc, key -> new ArrayList<>()).add(senderSsrc);
        if (repeatSsrc != -1) {
            repeatedBy.put(repeatSsrc, ssrc);
        }
    }

    /** Where it was told that this source is now, or 0. */
    int ssrcOf(int senderSsrc) {
        return sourcesOn.entrySet().stream()
                .filter(entry -> entry.getValue().getLast() == senderSsrc)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    // --- What it has seen ---

    /** SSRCs it has received packets of. */
    Set<Integer> ssrcs() {
        return received.keySet();
    }

    /** Packets of a stream, by sequence numbers that do not wrap. */
    NavigableSet<Integer> packets(int ssrc) {
        return received.getOrDefault(ssrc, new TreeSet<>());
    }

    /** Payload of the packet of a stream that came last. */
    byte[] newestPayload(int ssrc) {
        return newestPayload.get(ssrc);
    }

    /** Payload type of the packet of a stream that came last. */
    int newestType(int ssrc) {
        return newestType.get(ssrc);
    }

    /** Bytes of padding of the packet of a stream that came last. */
    int newestPadding(int ssrc) {
        return newestPadding.get(ssrc);
    }

    /** Packets missing between the first and the last received, leaving out the newest ones. */
    int missing(int ssrc, int newest) {
        NavigableSet<Integer> packets = packets(ssrc);
        int last = packets.last() - newest;
        return last - packets.first() + 1 - packets.headSet(last, true).size();
    }

    /** Which encoding each packet of a simulcast source was of, by sequence numbers that do not wrap. */
    NavigableMap<Integer, Integer> encodings(int ssrc) {
        return encodings.getOrDefault(ssrc, new TreeMap<>());
    }

    long keyFrameAt(LabClient of) {
        return keyFrames.getOrDefault(of.videoSsrc(), -1L);
    }

    List<Integer> transportSequences() {
        return transportSequences;
    }

    /** Numbers that it lacks of each picture, of the last two hundred. */
    Map<Integer, int[]> missing() {
        Map<Integer, int[]> all = new TreeMap<>();
        received.forEach((ssrc, packets) -> {
            boolean video = sourcesOn.containsKey(ssrc) ? repeatedBy.containsValue(ssrc) : ssrc % 1_000 == 1;
            if (!video || packets.isEmpty()) {
                return;
            }
            List<Integer> missing = new ArrayList<>();
            for (int full = Math.max(packets.first(), packets.last() - 200); full < packets.last(); full++) {
                if (!packets.contains(full)) {
                    missing.add(full & 0xffff);
                }
            }
            if (!missing.isEmpty() && missing.size() < 100) {
                all.put(ssrc, missing.stream().mapToInt(n -> n).toArray());
            }
        });
        return all;
    }
}
