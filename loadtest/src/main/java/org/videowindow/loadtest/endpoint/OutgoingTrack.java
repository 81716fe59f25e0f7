package org.videowindow.loadtest.endpoint;

import org.videowindow.loadtest.rtp.Bytes;

/**
 * One SSRC that a participant sends: writes headers, keeps what it may be asked for again and answers requests. All
 * methods are for the engine's thread.
 */
public final class OutgoingTrack {
    /** Longest payload. */
    public static final int LONGEST_PAYLOAD = 1_180;

    private static final int HISTORY = 1024;
    private static final int LONGEST_HEADER = 64;
    private static final int ONE_BYTE_PROFILE = 0xBEDE;

    /** Extension bytes of a packet; reused, empty unless set. */
    private final byte[] descriptor = new byte[64];

    private final Participant participant;
    private final MediaFormat format;
    private final boolean video;
    private final int ssrc;
    private final int payloadType;
    private final int repeatSsrc;
    private final byte[] packet = new byte[LONGEST_HEADER + LONGEST_PAYLOAD + 300];
    private final byte[][] history;
    private final int[] historyLength;
    private final long[] historyIndex;
    private int descriptorLength;
    private long index;
    private long repeatIndex;
    private int timestamp;
    private int packets;
    private int bytes;
    private boolean keyFrameWanted;
    private long keyFrameRequests;
    private long repeated;

    OutgoingTrack(
            Participant participant, MediaFormat format, boolean video, int ssrc, int repeatSsrc, int firstIndex) {
        this.participant = participant;
        this.format = format;
        this.video = video;
        this.ssrc = ssrc;
        this.payloadType = video ? format.videoType() : format.audioType();
        this.repeatSsrc = repeatSsrc;
        this.index = firstIndex;
        this.repeatIndex = firstIndex;
        boolean keeps = repeatSsrc != 0 && format.repeatType() != 0;
        history = keeps ? new byte[HISTORY][packet.length] : new byte[0][];
        historyLength = new int[history.length];
        historyIndex = new long[history.length];
    }

    /** The SSRC. */
    public int ssrc() {
        return ssrc;
    }

    /** Whether somebody asked for a key frame since the last call. */
    public boolean takeKeyFrameRequest() {
        boolean wanted = keyFrameWanted;
        keyFrameWanted = false;
        return wanted;
    }

    void requestKeyFrame() {
        keyFrameWanted = true;
        keyFrameRequests++;
    }

    /** Key frame requests so far. */
    public long keyFrameRequests() {
        return keyFrameRequests;
    }

    /** Packets sent again so far. */
    public long repeated() {
        return repeated;
    }

    /** A dependency descriptor for the next packet (AV1). */
    public void descriptor(byte[] bytes, int length) {
        System.arraycopy(bytes, 0, descriptor, 0, length);
        descriptorLength = length;
    }

    /**
     * Sends one packet.
     *
     * @param payload of at most {@link #LONGEST_PAYLOAD} bytes
     * @param audioLevel 0 (loudest) to 127 (silence) for sound; ignored for a picture
     */
    public void send(byte[] payload, int length, int rtpTimestamp, boolean marker, int audioLevel) {
        int header = header(payloadType, ssrc, (int) index, rtpTimestamp, marker, audioLevel);
        System.arraycopy(payload, 0, packet, header, length);
        timestamp = rtpTimestamp;
        packets++;
        bytes += length;
        if (history.length > 0) {
            int slot = (int) index & (HISTORY - 1);
            // Kept as the repetition will be: original sequence number, then the payload.
            Bytes.put16(history[slot], 0, (int) index);
            System.arraycopy(payload, 0, history[slot], 2, length);
            historyLength[slot] = length + 2;
            historyIndex[slot] = index;
        }
        participant.sealAndSend(packet, header, header + length, ssrc, index++);
    }

    private int header(int type, int ofSsrc, int sequence, int rtpTimestamp, boolean marker, int audioLevel) {
        Bytes.put8(packet, 0, 0x90);
        Bytes.put8(packet, 1, type | (marker ? 0x80 : 0));
        Bytes.put16(packet, 2, sequence);
        Bytes.put32(packet, 4, rtpTimestamp);
        Bytes.put32(packet, 8, ofSsrc);
        Bytes.put16(packet, 12, ONE_BYTE_PROFILE);
        int end = 16;
        if (!video && format.audioLevel() != 0) {
            Bytes.put8(packet, end, format.audioLevel() << 4);
            Bytes.put8(packet, end + 1, (audioLevel < 60 ? 0x80 : 0) | audioLevel);
            end += 2;
        }
        if (video && format.sendTime() != 0) {
            long now = participant.wallNow();
            Bytes.put8(packet, end, format.sendTime() << 4 | 2);
            // 6.18 fixed point seconds.
            Bytes.put24(packet, end + 1, (int) ((now % 64_000_000_000L) * 262_144 / 1_000_000_000L));
            end += 4;
        }
        if (format.transportSequence() != 0) {
            Bytes.put8(packet, end, format.transportSequence() << 4 | 1);
            Bytes.put16(packet, end + 1, participant.nextTransportSequence());
            end += 3;
        }
        if (video && descriptorLength > 0 && descriptorLength <= 16 && format.descriptor() != 0) {
            Bytes.put8(packet, end, format.descriptor() << 4 | (descriptorLength - 1));
            System.arraycopy(descriptor, 0, packet, end + 1, descriptorLength);
            end += 1 + descriptorLength;
        }
        descriptorLength = 0;
        while (end % 4 != 0) {
            packet[end++] = 0;
        }
        Bytes.put16(packet, 14, (end - 16) / 4);
        return end;
    }

    /** Sends a packet again on the retransmission SSRC (RFC 4588), if it is still there. */
    void repeat(int sequence) {
        long wanted = index - 1 + (short) (sequence - (int) (index - 1));
        if (history.length == 0 || wanted < 0) {
            return;
        }
        int slot = (int) wanted & (HISTORY - 1);
        if (historyIndex[slot] != wanted || historyLength[slot] == 0) {
            return;
        }
        int header = header(format.repeatType(), repeatSsrc, (int) repeatIndex, timestamp, false, 127);
        System.arraycopy(history[slot], 0, packet, header, historyLength[slot]);
        repeated++;
        participant.sealAndSend(packet, header, header + historyLength[slot], repeatSsrc, repeatIndex++);
    }

    int timestamp() {
        return timestamp;
    }

    int packets() {
        return packets;
    }

    int bytes() {
        return bytes;
    }
}
