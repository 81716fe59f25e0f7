package org.videowindow.bridge.srtp;

/** Why a packet was neither sealed nor opened: the negative results of {@link SrtpSender} and {@link SrtpReceiver}. */
public final class SrtpStatus {
    /** Too short, or its header lies. */
    public static final int MALFORMED = -1;

    /** The tag is wrong: forged, damaged, or made with other keys. */
    public static final int NOT_AUTHENTIC = -2;

    /** Its index was seen (receiving) or used (sending) before. */
    public static final int REPEATED = -3;

    /** Its index lies behind the window. */
    public static final int TOO_OLD = -4;

    /** The sender has as many streams as it may have. */
    public static final int TOO_MANY_STREAMS = -5;

    /** All indices of the key are used; only a new handshake helps. */
    public static final int KEY_EXHAUSTED = -6;

    /** Statuses there are. */
    static final int COUNT = 6;

    private SrtpStatus() {}

    /** A name for metrics and logs. */
    public static String name(int status) {
        return switch (status) {
            case MALFORMED -> "malformed";
            case NOT_AUTHENTIC -> "not-authentic";
            case REPEATED -> "repeated";
            case TOO_OLD -> "too-old";
            case TOO_MANY_STREAMS -> "too-many-streams";
            case KEY_EXHAUSTED -> "key-exhausted";
            default -> status >= 0 ? "ok" : "unknown";
        };
    }
}
