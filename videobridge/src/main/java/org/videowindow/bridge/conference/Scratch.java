package org.videowindow.bridge.conference;

import org.videowindow.bridge.codec.LayerReader;
import org.videowindow.bridge.layers.VideoPacket;
import org.videowindow.bridge.retransmit.NackGenerator;
import org.videowindow.bridge.rtcp.RtcpCompound;
import org.videowindow.bridge.rtp.RtpPacket;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.srtp.PacketCiphers;

/** Room that one worker uses again for every packet. Nothing in it outlives the packet. */
final class Scratch {
    /** A datagram's slot, and what sealing or a retransmission header may add. */
    static final int BYTES = 2048 + 128;

    /** A packet in the clear. */
    final byte[] clear = new byte[BYTES];

    /** The original restored from a retransmission, or a retransmission about to be sent. */
    final byte[] repeated = new byte[BYTES];

    /** A packet for a receiver that gets fewer targets than the sender has. */
    final byte[] limited = new byte[BYTES];

    /** What leaves. */
    final byte[] sealed = new byte[BYTES];

    /** An RTCP packet being written. */
    final byte[] report = new byte[BYTES];

    final RtpPacket packet = new RtpPacket();

    /** The newest sound of a packet with redundancy. */
    final PlainSound plain = new PlainSound();

    /** A packet that is sent again. */
    final VideoPacket again = new VideoPacket();

    /** Finds the numbers in packets that are sent again. */
    final LayerReader againReader = new LayerReader();

    final RtpPacket restored = new RtpPacket();
    final RtcpCompound compound = new RtcpCompound();
    final int[] lost = new int[NackGenerator.MAX_MISSING];

    /** Makes the ciphers of the worker's sessions. */
    final PacketCiphers ciphers;

    Scratch(CryptoProvider crypto) {
        ciphers = new PacketCiphers(crypto);
    }
}
