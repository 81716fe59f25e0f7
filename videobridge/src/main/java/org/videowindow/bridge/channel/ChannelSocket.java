package org.videowindow.bridge.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.videowindow.bridge.channel.ChannelCounters.Event;
import org.videowindow.bridge.config.ChannelSettings;

/**
 * One WebSocket of one client. Jetty calls it on its threads, one message at a time; anybody may {@link #send} and
 * {@link #close}. At most one message is with Jetty, the others wait in a bounded queue; a client that lets it overflow
 * is cut off. Public only because Jetty looks its methods up.
 */
public final class ChannelSocket implements Session.Listener.AutoDemanding {
    /** A client that keeps sending after so many refused messages is cut off. */
    private static final int FLOOD = 1_000;

    private final EndpointChannel channel;
    private final Channels channels;
    private final ChannelSettings settings;
    private final ChannelCounters counters;
    private final OutgoingQueue queue;
    private final TokenBucket bucket;

    private volatile Session session;
    private volatile long heardNanos = System.nanoTime();
    private boolean sending;
    private boolean ended;

    ChannelSocket(EndpointChannel channel, Channels channels, ChannelSettings settings, ChannelCounters counters) {
        this.channel = channel;
        this.channels = channels;
        this.settings = settings;
        this.counters = counters;
        this.queue = new OutgoingQueue(settings.queueMessages(), settings.queueSize());
        this.bucket = new TokenBucket(settings.messagesPerSecond(), settings.messageBurst(), System.nanoTime());
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        channels.opened(channel, this);
    }

    @Override
    public void onWebSocketText(String text) {
        long now = System.nanoTime();
        heardNanos = now;
        counters.count(Event.RECEIVED);
        if (bucket.take(now)) {
            channels.received(channel, this, text);
            return;
        }
        counters.count(Event.DROPPED_RATE);
        if (bucket.refusedInARow() == FLOOD) {
            counters.count(Event.CLOSED_FLOOD);
            close(StatusCode.POLICY_VIOLATION, "too many messages");
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        counters.count(Event.CLOSED_ERROR);
        close(StatusCode.BAD_DATA, "text only");
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heardNanos = System.nanoTime();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        if (end()) {
            counters.count(Event.CLOSED_ERROR);
        }
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        callback.succeed();
        end();
    }

    /** Sends a message, at once or when those before it are sent. */
    void send(String message) {
        boolean overflow;
        synchronized (this) {
            if (ended) {
                return;
            }
            overflow = !queue.offer(message);
            if (!overflow && sending) {
                return;
            }
            sending = true;
        }
        if (overflow) {
            // A close frame would have to wait behind what the client does not read.
            cutOff(Event.CLOSED_SLOW);
        } else {
            drain();
        }
    }

    /** Says goodbye and closes. */
    void close(int statusCode, String reason) {
        if (end()) {
            session.close(statusCode, reason, Callback.NOOP);
        }
    }

    /** Asks the client for a sign of life, or closes when it has given none since the last two questions. */
    void ping(long nowNanos) {
        if (nowNanos - heardNanos
                > 2 * settings.pingInterval().toNanos()
                        + settings.pingInterval().toNanos() / 2) {
            cutOff(Event.CLOSED_ERROR);
        } else {
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }

    /** Sends until the queue is empty or Jetty wants to finish a message first. */
    private void drain() {
        while (true) {
            String message;
            synchronized (this) {
                message = queue.poll();
                if (message == null) {
                    sending = false;
                    return;
                }
            }
            Transmission transmission = new Transmission();
            session.sendText(message, transmission);
            if (!transmission.returned()) {
                return;
            }
        }
    }

    private void cutOff(Event why) {
        if (end()) {
            counters.count(why);
            session.disconnect();
        }
    }

    /** Nothing is sent from here on; false when that was so before. */
    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            queue.clear();
        }
        channels.closed(channel, this);
        return true;
    }

    /** Goes on with the queue when a message is out, without growing the stack when that is at once. */
    private final class Transmission implements Callback {
        private static final int CALLING = 0;
        private static final int DONE_WITHIN_CALL = 1;
        private static final int PENDING = 2;
        private final AtomicInteger state = new AtomicInteger(CALLING);

        /** Whether the message is out already, now that the call has returned. */
        boolean returned() {
            return !state.compareAndSet(CALLING, PENDING);
        }

        @Override
        public void succeed() {
            counters.count(Event.SENT);
            if (!state.compareAndSet(CALLING, DONE_WITHIN_CALL)) {
                drain();
            }
        }

        @Override
        public void fail(Throwable cause) {
            end();
            if (!state.compareAndSet(CALLING, DONE_WITHIN_CALL)) {
                drain();
            }
        }
    }
}
