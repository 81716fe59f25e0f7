package org.videowindow.shard.openfire;

import java.nio.charset.StandardCharsets;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.service.IoAcceptor;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.spi.ConnectionManagerImpl;
import org.jivesoftware.openfire.spi.ConnectionType;

/**
 * Gets the closing {@code </stream:stream>} onto the wire. Openfire 4.2.0 writes it and closes the connection at once,
 * which throws away what is still queued, so that the peer waits in vain for the end of the stream (RFC 6120, 4.4).
 * This filter holds the thread that closes until the tag has been written, for a moment at most. Called by MINA on the
 * threads of the server's executor, never on an I/O processor.
 */
final class StreamEnd extends IoFilterAdapter {
    private static final byte[] CLOSING_TAG = "</stream:stream>".getBytes(StandardCharsets.US_ASCII);
    private static final long LONGEST_WAIT_MS = 500;
    private static final String NAME = "stream-end";

    private StreamEnd() {}

    /** Puts the filter into the TCP port of a server whose ports are open. Later connections have it. */
    static void install(XMPPServer server) {
        ConnectionManagerImpl connections = (ConnectionManagerImpl) server.getConnectionManager();
        IoAcceptor acceptor = connections.getSocketAcceptor(ConnectionType.SOCKET_C2S, false);
        acceptor.getFilterChain().addLast(NAME, new StreamEnd());
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) throws Exception {
        boolean last = endsStream(request.getMessage());
        next.filterWrite(session, request);
        if (last) {
            request.getFuture().awaitUninterruptibly(LONGEST_WAIT_MS);
        }
    }

    private static boolean endsStream(Object message) {
        if (!(message instanceof IoBuffer buffer) || buffer.remaining() < CLOSING_TAG.length) {
            return false;
        }
        int start = buffer.limit() - CLOSING_TAG.length;
        for (int i = 0; i < CLOSING_TAG.length; i++) {
            if (buffer.get(start + i) != CLOSING_TAG[i]) {
                return false;
            }
        }
        return true;
    }
}
