package org.videowindow.bridge.conference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.videowindow.bridge.rtcp.Nack;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.rtp.Rtx;

/** What a simulated client has sent of a stream lately, and sends again on the retransmission stream when it is asked. */
final class Repetitions {
    private static final int KEPT = 2_000;

    private final Map<Integer, byte[]> history = new HashMap<>();
    private final int ssrc;
    private int sequence = 100;
    private int sent;

    /** @param ssrc of the retransmission stream */
    Repetitions(int ssrc) {
        this.ssrc = ssrc;
    }

    /** A packet leaves, in the clear. */
    void keep(byte[] packet) {
        int number = RtpPacket.sequenceNumber(packet, 0);
        history.put(number, packet);
        history.remove((number - KEPT) & 0xffff);
    }

    /** Sends again what it is asked for. */
    void answer(RtcpCompound nack, IntSupplier transport, Consumer<byte[]> link) {
        for (int i = 0; i < Nack.entries(nack.length()); i++) {
            for (int position = 0; position < 17; position++) {
                int lost = Nack.lost(nack.buffer(), nack.offset(), i, position);
                byte[] packet = lost < 0 ? null : history.get(lost);
                if (packet != null) {
                    link.accept(repetition(packet, transport.getAsInt()));
                }
            }
        }
    }

    private byte[] repetition(byte[] packet, int transport) {
        RtpPacket original = new RtpPacket();
        original.wrap(packet, 0, packet.length);
        byte[] repetition = new byte[packet.length + Rtx.OVERHEAD];
        int length = Rtx.wrap(original, repetition, 0, ssrc, Offers.RTX, sequence);
        sequence = (sequence + 1) & 0xffff;
        sent++;
        RtpPacket view = new RtpPacket();
        view.wrap(repetition, 0, length);
        view.transportSequence(Offers.TRANSPORT, transport);
        return Arrays.copyOf(repetition, length);
    }

    /** Packets sent again so far. */
    int sent() {
        return sent;
    }
}
