package org.videowindow.launcher.turn;

import java.io.IOException;

/** The server answered a request with an error response. */
public final class TurnRefused extends IOException {
    private static final long serialVersionUID = 1;

    private final int code;

    TurnRefused(int code, String reason) {
        super("The TURN server refused: " + code + (reason.isEmpty() ? "" : " " + reason));
        this.code = code;
    }

    /** The error code (RFC 8489, 14.8), for example 401 for wrong credentials or 403 for a peer that is not allowed. */
    public int code() {
        return code;
    }
}
