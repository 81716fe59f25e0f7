package org.videowindow.bridge.rtcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.videowindow.bridge.rtcp.RtcpCompound.Kind;

/** Any bytes: what the compound view accepts can be read to the last field without leaving its array. */
class RtcpFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreRefusedOrReadable(byte[] data) {
        // The array ends with the data, so that reading beyond it throws.
        byte[] shifted = new byte[data.length + 5];
        System.arraycopy(data, 0, shifted, 5, data.length);
        RtcpCompound compound = new RtcpCompound();
        if (!compound.wrap(shifted, 5, data.length)) {
            return;
        }
        int end = 5;
        while (compound.next()) {
            if (compound.offset() < end || compound.offset() + compound.length() > shifted.length) {
                throw new AssertionError("a packet outside the compound");
            }
            end = compound.offset() + compound.length();
            compound.senderSsrc();
            compound.mediaSsrc();
            read(compound, compound.kind());
        }
    }

    private static void read(RtcpCompound compound, Kind kind) {
        byte[] bytes = compound.buffer();
        int at = compound.offset();
        switch (kind) {
            case SENDER_REPORT -> {
                SenderReport.ntp(bytes, at);
                SenderReport.octetCount(bytes, at);
                blocks(compound, SenderReport.blockOffset(at, 0));
            }
            case RECEIVER_REPORT -> blocks(compound, ReceiverReport.blockOffset(at, 0));
            case BYE -> {
                for (int i = 0; i < compound.countOrFormat(); i++) {
                    Bye.ssrc(bytes, at, i);
                }
            }
            case NACK -> {
                for (int i = 0; i < Nack.entries(compound.length()); i++) {
                    for (int position = 0; position <= 16; position++) {
                        Nack.lost(bytes, at, i, position);
                    }
                }
            }
            case FULL_INTRA_REQUEST -> {
                for (int i = 0; i < FullIntraRequest.entries(compound.length()); i++) {
                    FullIntraRequest.ssrc(bytes, at, i);
                    FullIntraRequest.number(bytes, at, i);
                }
            }
            case RECEIVER_ESTIMATED_MAXIMUM_BITRATE -> {
                if (Remb.bitsPerSecond(bytes, at) < 0) {
                    throw new AssertionError("negative bit rate");
                }
                for (int i = 0; i < Remb.sources(bytes, at); i++) {
                    Remb.ssrc(bytes, at, i);
                }
            }
            case TRANSPORT_WIDE_FEEDBACK -> feedback(compound);
            case SOURCE_DESCRIPTION, PICTURE_LOSS, OTHER -> {}
        }
    }

    private static void blocks(RtcpCompound compound, int first) {
        for (int i = 0; i < compound.countOrFormat(); i++) {
            int block = first + i * ReportBlock.BYTES;
            ReportBlock.ssrc(compound.buffer(), block);
            ReportBlock.roundTrip(compound.buffer(), block, 12_345);
        }
    }

    private static void feedback(RtcpCompound compound) {
        TransportFeedback feedback = new TransportFeedback();
        if (!feedback.wrap(compound)) {
            return;
        }
        int packets = 0;
        while (feedback.next()) {
            packets++;
        }
        if (packets != feedback.packets()) {
            throw new AssertionError("reported " + packets + " of " + feedback.packets());
        }
    }
}
