package org.videowindow.bridge.channel;

import org.eclipse.jetty.websocket.api.StatusCode;
import org.videowindow.bridge.conference.Conference;
import org.videowindow.bridge.conference.ReceiverConstraints;

/**
 * The bridge channel of one endpoint: at most one socket, and what the endpoint has said it wants to see, which
 * outlives a lost socket. Any thread.
 */
final class EndpointChannel {
    private final Conference conference;
    private final String endpointId;
    private final ReceiverWish wish = new ReceiverWish();
    private ChannelSocket socket;

    EndpointChannel(Conference conference, String endpointId) {
        this.conference = conference;
        this.endpointId = endpointId;
    }

    Conference conference() {
        return conference;
    }

    String endpointId() {
        return endpointId;
    }

    /** Takes a new socket and closes the one before; true when there was one. */
    boolean attach(ChannelSocket opened) {
        ChannelSocket before;
        synchronized (this) {
            before = socket;
            socket = opened;
        }
        if (before != null) {
            before.close(StatusCode.SHUTDOWN, "replaced");
        }
        return before != null;
    }

    synchronized void detach(ChannelSocket closed) {
        if (socket == closed) {
            socket = null;
        }
    }

    synchronized ChannelSocket socket() {
        return socket;
    }

    synchronized boolean isOpen() {
        return socket != null;
    }

    /** Sends if there is a socket; false when not. */
    boolean send(String message) {
        ChannelSocket to = socket();
        if (to != null) {
            to.send(message);
        }
        return to != null;
    }

    void close(String reason) {
        ChannelSocket open = socket();
        if (open != null) {
            open.close(StatusCode.SHUTDOWN, reason);
        }
    }

    synchronized ReceiverConstraints change(ClientMessage.ReceiverVideoConstraints change) {
        return wish.change(change);
    }
}
