package org.videowindow.bridge.ice;

import java.nio.charset.StandardCharsets;

/**
 * ICE of one endpoint, owned by its worker. The bridge has a reachable address and only answers checks; the client
 * controls and nominates (a client that thinks it is controlled is told 487 and changes its mind, RFC 8445 section
 * 7.3.1.1).
 *
 * <p>A check that is authentic validates the address it came from. Such an address is a <em>path</em>; media and DTLS
 * are taken only from paths, and media goes to the path the client nominated last. Paths without checks for a while are
 * forgotten, which also is consent (RFC 7675): no checks, nothing is sent.
 *
 * <p>Out of scope: an agent that sends checks itself. What that would add, proof that a path carries packets back, is
 * approximated by remembering transaction ids: a check that somebody caught on its way and repeats from another address
 * moves nothing.
 */
public final class IceAgent {
    /** Addresses remembered per endpoint; a client with two networks and IPv6 has four. */
    static final int MOST_PATHS = 8;

    /** Transaction ids remembered, a minute of a client with two active pairs. */
    private static final int TRANSACTIONS = 64;

    private static final int NONE = -1;

    /** What came of a check. */
    public enum Outcome {
        /** Wrong password or wrong remote fragment: no reply, nothing changed. */
        UNAUTHENTICATED,
        /** The address is in the hands of another endpoint: no reply, nothing changed. */
        ADDRESS_TAKEN,
        /** The reply says 487; the client will come back as controlling. */
        ROLE_CONFLICT,
        /** The reply is another error. */
        REFUSED,
        /** The reply is a success; the address is a path. */
        VALID,
        /** As {@link #VALID}, and media goes to this path from now on. */
        MOVED
    }

    /** Told about paths, on the worker. */
    public interface Paths {
        /** Whether this endpoint may have the address; if so, packets from there are its own from now on. */
        boolean claim(long addressHigh, long addressLow, int port, long now);

        /** Packets from this address no longer belong to this endpoint. */
        void release(long addressHigh, long addressLow, int port);
    }

    private final HmacSha1 hmac;
    private final HmacSha1.Key key;
    private final Paths paths;
    private final long pathNanos;
    private byte[] remoteFragment;

    private final long[] high = new long[MOST_PATHS];
    private final long[] low = new long[MOST_PATHS];
    private final int[] port = new int[MOST_PATHS];
    private final long[] lastCheck = new long[MOST_PATHS];
    private int pathCount;
    private int selected = NONE;

    private final byte[] transactions = new byte[TRANSACTIONS * Stun.TRANSACTION_ID_LENGTH];
    private final long[] transactionHigh = new long[TRANSACTIONS];
    private final long[] transactionLow = new long[TRANSACTIONS];
    private final int[] transactionPort = new int[TRANSACTIONS];
    private int transactionCount;
    private int nextTransaction;

    /**
     * @param password ICE password of the bridge for this endpoint
     * @param pathNanos a path without checks for this long is forgotten
     */
    public IceAgent(HmacSha1 hmac, String password, Paths paths, long pathNanos) {
        this.hmac = hmac;
        this.key = new HmacSha1.Key(password);
        this.paths = paths;
        this.pathNanos = pathNanos;
    }

    /** The client's fragment, once signalled; from then on checks must carry it. Checks may well come before it. */
    public void setRemoteFragment(String fragment) {
        remoteFragment = fragment.getBytes(StandardCharsets.UTF_8);
    }

    /** Handles a check whose user name is this agent's. The reply, if the outcome has one, is in {@code reply}. */
    public Outcome handle(
            StunRequest request, long now, long addressHigh, long addressLow, int addressPort, StunReply reply) {
        if ((remoteFragment != null && !request.remoteFragmentIs(remoteFragment)) || !request.isAuthentic(hmac, key)) {
            return Outcome.UNAUTHENTICATED;
        }
        if (isCaughtElsewhere(request, addressHigh, addressLow, addressPort)) {
            return Outcome.UNAUTHENTICATED;
        }
        if (request.unknownCount() > 0) {
            reply.error(request, key, 420);
            return Outcome.REFUSED;
        }
        if (request.isFromControlled()) {
            reply.error(request, key, 487);
            return Outcome.ROLE_CONFLICT;
        }
        if (!request.isFromControlling() || !request.hasPriority()) {
            reply.error(request, key, 400);
            return Outcome.REFUSED;
        }
        int path = find(addressHigh, addressLow, addressPort);
        if (path == NONE) {
            if (!paths.claim(addressHigh, addressLow, addressPort, now)) {
                return Outcome.ADDRESS_TAKEN;
            }
            path = add(addressHigh, addressLow, addressPort);
        }
        lastCheck[path] = now;
        reply.success(request, key, addressHigh, addressLow, addressPort);
        if (request.isNominating() && path != selected) {
            selected = path;
            return Outcome.MOVED;
        }
        return Outcome.VALID;
    }

    private boolean isCaughtElsewhere(StunRequest request, long addressHigh, long addressLow, int addressPort) {
        for (int i = 0; i < transactionCount; i++) {
            if (request.transactionIdIs(transactions, i * Stun.TRANSACTION_ID_LENGTH)) {
                return transactionHigh[i] != addressHigh
                        || transactionLow[i] != addressLow
                        || transactionPort[i] != addressPort;
            }
        }
        request.copyTransactionId(transactions, nextTransaction * Stun.TRANSACTION_ID_LENGTH);
        transactionHigh[nextTransaction] = addressHigh;
        transactionLow[nextTransaction] = addressLow;
        transactionPort[nextTransaction] = addressPort;
        nextTransaction = (nextTransaction + 1) % TRANSACTIONS;
        transactionCount = Math.min(transactionCount + 1, TRANSACTIONS);
        return false;
    }

    private int find(long addressHigh, long addressLow, int addressPort) {
        for (int i = 0; i < pathCount; i++) {
            if (low[i] == addressLow && port[i] == addressPort && high[i] == addressHigh) {
                return i;
            }
        }
        return NONE;
    }

    private int add(long addressHigh, long addressLow, int addressPort) {
        if (pathCount == MOST_PATHS) {
            remove(stalest());
        }
        high[pathCount] = addressHigh;
        low[pathCount] = addressLow;
        port[pathCount] = addressPort;
        return pathCount++;
    }

    private int stalest() {
        int stalest = selected == 0 ? 1 : 0;
        for (int i = 0; i < pathCount; i++) {
            if (i != selected && lastCheck[i] - lastCheck[stalest] < 0) {
                stalest = i;
            }
        }
        return stalest;
    }

    private void remove(int path) {
        paths.release(high[path], low[path], port[path]);
        int last = --pathCount;
        if (selected == path) {
            selected = NONE;
        } else if (selected == last) {
            selected = path;
        }
        high[path] = high[last];
        low[path] = low[last];
        port[path] = port[last];
        lastCheck[path] = lastCheck[last];
    }

    /** Forgets paths that have had no check for too long. */
    public void expirePaths(long now) {
        for (int i = pathCount - 1; i >= 0; i--) {
            if (now - lastCheck[i] > pathNanos) {
                remove(i);
            }
        }
    }

    /** Gives one path back, if this agent has it. */
    public void forget(long addressHigh, long addressLow, int addressPort) {
        int path = find(addressHigh, addressLow, addressPort);
        if (path != NONE) {
            remove(path);
        }
    }

    /** Gives all paths back; the endpoint is going away. */
    public void close() {
        while (pathCount > 0) {
            remove(pathCount - 1);
        }
    }

    /** When the last check came over this path, or {@code never} when it is not one of this agent's. */
    public long lastCheck(long addressHigh, long addressLow, int addressPort, long never) {
        int path = find(addressHigh, addressLow, addressPort);
        return path == NONE ? never : lastCheck[path];
    }

    /** Whether any address is validated. */
    public boolean hasPath() {
        return pathCount > 0;
    }

    /** Whether the client has nominated a path that still is one. */
    public boolean isNominated() {
        return selected != NONE;
    }

    /** Upper half of the nominated address in IPv6 form. */
    public long selectedHigh() {
        return high[selected];
    }

    /** Lower half of the nominated address in IPv6 form. */
    public long selectedLow() {
        return low[selected];
    }

    /** The nominated port. */
    public int selectedPort() {
        return port[selected];
    }
}
