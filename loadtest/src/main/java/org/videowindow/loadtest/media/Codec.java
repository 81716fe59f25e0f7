package org.videowindow.loadtest.media;

/** Video codecs and the payload types everything here uses for them; Opus is 111. */
public enum Codec {
    VP8("VP8", 100, 96, true),
    VP9("VP9", 101, 97, false),
    H264("H264", 107, 99, true),
    AV1("AV1", 41, 42, false);

    /** Payload type of Opus. */
    public static final int OPUS = 111;

    private final String encodingName;
    private final int payloadType;
    private final int repeatType;
    private final boolean simulcast;

    Codec(String encodingName, int payloadType, int repeatType, boolean simulcast) {
        this.encodingName = encodingName;
        this.payloadType = payloadType;
        this.repeatType = repeatType;
        this.simulcast = simulcast;
    }

    /** Its name in SDP. */
    public String encodingName() {
        return encodingName;
    }

    public int payloadType() {
        return payloadType;
    }

    /** Payload type of its retransmissions (RFC 4588). */
    public int repeatType() {
        return repeatType;
    }

    /** Whether three encodings are sent; else one with spatial layers in it. */
    public boolean isSimulcast() {
        return simulcast;
    }

    /** Format parameters in SDP, empty without any. */
    public String parameters() {
        return switch (this) {
            case VP9 -> "profile-id=0";
            case H264 -> "profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1";
            case VP8, AV1 -> "";
        };
    }
}
