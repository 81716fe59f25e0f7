package org.videowindow.loadtest.rtp;

/** RTCP blocks (RFC 3550, 4585, 5104), written one after the other into a compound. Each writer answers its end. */
public final class Rtcp {
    public static final int SENDER_REPORT = 200;
    public static final int RECEIVER_REPORT = 201;
    public static final int TRANSPORT_FEEDBACK = 205;
    public static final int PAYLOAD_FEEDBACK = 206;

    /** Formats of {@link #TRANSPORT_FEEDBACK}. */
    public static final int NACK = 1;

    public static final int TRANSPORT_WIDE = 15;

    /** Formats of {@link #PAYLOAD_FEEDBACK}. */
    public static final int PICTURE_LOSS = 1;

    public static final int FULL_INTRA = 4;

    /** Bytes of one report block. */
    public static final int REPORT_BLOCK = 24;

    private Rtcp() {}

    static void header(byte[] out, int at, int count, int type, int end) {
        Bytes.put8(out, at, 0x80 | count);
        Bytes.put8(out, at + 1, type);
        Bytes.put16(out, at + 2, (end - at) / 4 - 1);
    }

    /** A sender report without report blocks. */
    public static int senderReport(byte[] out, int at, int ssrc, long ntp, int timestamp, int packets, int bytes) {
        Bytes.put32(out, at + 4, ssrc);
        Bytes.put64(out, at + 8, ntp);
        Bytes.put32(out, at + 16, timestamp);
        Bytes.put32(out, at + 20, packets);
        Bytes.put32(out, at + 24, bytes);
        header(out, at, 0, SENDER_REPORT, at + 28);
        return at + 28;
    }

    /** Closes a receiver report whose {@code blocks} report blocks begin at {@code at + 8}. */
    public static int receiverReport(byte[] out, int at, int ssrc, int blocks) {
        int end = at + 8 + blocks * REPORT_BLOCK;
        Bytes.put32(out, at + 4, ssrc);
        header(out, at, blocks, RECEIVER_REPORT, end);
        return end;
    }

    /** A picture loss indication. */
    public static int pictureLoss(byte[] out, int at, int ssrc, int media) {
        Bytes.put32(out, at + 4, ssrc);
        Bytes.put32(out, at + 8, media);
        header(out, at, PICTURE_LOSS, PAYLOAD_FEEDBACK, at + 12);
        return at + 12;
    }

    /** Asks for packets again; the sequence numbers rise. */
    public static int nack(byte[] out, int at, int ssrc, int media, int[] sequences, int count) {
        Bytes.put32(out, at + 4, ssrc);
        Bytes.put32(out, at + 8, media);
        int end = at + 12;
        int i = 0;
        while (i < count) {
            int first = sequences[i++];
            int mask = 0;
            while (i < count) {
                int distance = (sequences[i] - first) & 0xffff;
                if (distance == 0 || distance > 16) {
                    break;
                }
                mask |= 1 << (distance - 1);
                i++;
            }
            Bytes.put16(out, end, first);
            Bytes.put16(out, end + 2, mask);
            end += 4;
        }
        header(out, at, NACK, TRANSPORT_FEEDBACK, end);
        return end;
    }
}
