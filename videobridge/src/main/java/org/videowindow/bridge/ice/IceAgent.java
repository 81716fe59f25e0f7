package org.videowindow.bridge.ice;

/**
 * ICE of one endpoint, owned by its worker. The bridge has a reachable address and only answers checks; the client
 * controls and nominates (a client that thinks it is controlled is told 487 and changes its mind, RFC 8445 section
 * 7.3.1.1). It is told once while checks may be under way: a browser changes its mind with each 487, whatever the role was
 * in the check that it answers, so that an even number of them leaves everything as it was.
 *
 * <p>A check that is authentic validates the address it came from. Such an address is a <em>path</em>; media and DTLS
 * are taken only from paths, and media goes to the path the client nominated last. Paths without checks for a while are
 * forgotten, which also is consent (RFC 7675): no checks, nothing is sent.
 *
 * <p>A restart (RFC 8445 section 9) makes the next generation of credentials while the current one keeps working. Media
 * stay on the path they have until the client nominates one by the new credentials; from then on the old ones only keep
 * their paths, and soon nothing. A restart that leads to no nomination is given up, and nothing was lost by it.
 *
 * <p>Out of scope: an agent that sends checks itself. What that would add, proof that a path carries packets back, is
 * approximated by remembering transaction ids: a check that somebody caught on its way and repeats from another address
 * moves nothing.
 */
public final class IceAgent {
    /** Addresses remembered per endpoint; a client with two networks and IPv6 has four. */
    static final int MOST_PATHS = 8;

    private static final int NONE = -1;

    /** How long a restart may take until the client nominates: it needs the signalling's way twice, and checks. */
    static final long RESTART_NANOS = 20_000_000_000L;

    /** How long checks by the credentials before a restart are answered: they may be under way, or be repeated. */
    static final long LATE_CHECKS_NANOS = 5_000_000_000L;

    /** Restarts closer to each other than this are one: a request is repeated, or a storm. */
    static final long RESTART_DISTANCE_NANOS = 1_000_000_000L;

    /** Checks of the wrong role that come this soon after a 487 were sent before it arrived. */
    static final long CONFLICT_DISTANCE_NANOS = 500_000_000L;

    /** What came of a check. */
    public enum Outcome {
        /** Wrong password or wrong remote fragment: no reply, nothing changed. */
        UNAUTHENTICATED,
        /** The address is in the hands of another endpoint: no reply, nothing changed. */
        ADDRESS_TAKEN,
        /** The reply says 487; the client will come back as controlling. */
        ROLE_CONFLICT,
        /** The client was told of a role conflict a moment ago: no reply, nothing changed. */
        ROLE_CONFLICT_KNOWN,
        /** The reply is another error. */
        REFUSED,
        /** The reply is a success; the address is a path. */
        VALID,
        /** As {@link #VALID}, and media goes to this path from now on. */
        MOVED;

        /** Whether there is a reply to be sent. */
        public boolean hasReply() {
            return switch (this) {
                case UNAUTHENTICATED, ADDRESS_TAKEN, ROLE_CONFLICT_KNOWN -> false;
                case ROLE_CONFLICT, REFUSED, VALID, MOVED -> true;
            };
        }
    }

    /** Told about paths, on the worker. */
    public interface Paths {
        /** Whether this endpoint may have the address; if so, packets from there are its own from now on. */
        boolean claim(long addressHigh, long addressLow, int port, long now);

        /** Packets from this address no longer belong to this endpoint. */
        void release(long addressHigh, long addressLow, int port);

        /** Checks with this fragment of the bridge need not come here any more. */
        void retire(String fragment);
    }

    private final HmacSha1 hmac;
    private final Paths paths;
    private final long pathNanos;
    private IceGeneration current;
    /** Of a restart under way, else {@code null}. */
    private IceGeneration next;
    /** Of before the last restart, while late checks may come, else {@code null}. */
    private IceGeneration last;

    private int generations;
    private long restartedAt;
    private boolean everNominated;
    private boolean conflictTold;
    private long conflictToldAt;

    private final long[] high = new long[MOST_PATHS];
    private final long[] low = new long[MOST_PATHS];
    private final int[] port = new int[MOST_PATHS];
    private final long[] lastCheck = new long[MOST_PATHS];
    private int pathCount;
    private int selected = NONE;

    private final RecentChecks recent = new RecentChecks();

    /**
     * @param fragment of the bridge for this endpoint, by which checks come here
     * @param password ICE password of the bridge for this endpoint
     * @param pathNanos a path without checks for this long is forgotten
     */
    public IceAgent(HmacSha1 hmac, String fragment, String password, Paths paths, long pathNanos) {
        this.hmac = hmac;
        this.current = new IceGeneration(0, fragment, password);
        this.paths = paths;
        this.pathNanos = pathNanos;
    }

    /** Number of the generation that media flow by: 0 before the first restart. */
    public int generation() {
        return current.number();
    }

    /** Number of the generation of the restart under way, or -1. */
    public int nextGeneration() {
        return next == null ? NONE : next.number();
    }

    /** Whether there is connectivity that a restart would keep. */
    public boolean canRestart() {
        return everNominated;
    }

    /** Whether a restart now would be one too many: the last was a moment ago. */
    public boolean restartsTooOften(long now) {
        return generations > 0 && now - restartedAt < RESTART_DISTANCE_NANOS;
    }

    /**
     * Begins a restart, instead of one that is under way. The credentials given count from now on, next to the current
     * ones.
     *
     * @return the number of the new generation
     */
    public int restart(String fragment, String password, long now) {
        if (next != null) {
            paths.retire(next.fragment());
        }
        next = new IceGeneration(++generations, fragment, password);
        next.endsAt(now + RESTART_NANOS);
        restartedAt = now;
        return next.number();
    }

    /** The client's fragment, once signalled; from then on checks must carry it. Checks may well come before it. */
    public void setRemoteFragment(String fragment) {
        current.remoteFragment(fragment);
    }

    /** The client's fragment of one generation; one that is neither current nor under way is of no interest. */
    public void setRemoteFragment(int generation, String fragment) {
        if (next != null && next.number() == generation) {
            next.remoteFragment(fragment);
        } else if (current.number() == generation) {
            current.remoteFragment(fragment);
        }
    }

    /** Handles a check whose user name is this agent's. The reply, if the outcome has one, is in {@code reply}. */
    public Outcome handle(
            StunRequest request, long now, long addressHigh, long addressLow, int addressPort, StunReply reply) {
        IceGeneration generation = generationOf(request.localFragment());
        if (generation == null || !generation.admits(request, hmac)) {
            return Outcome.UNAUTHENTICATED;
        }
        if (recent.isCaughtElsewhere(request, addressHigh, addressLow, addressPort)) {
            return Outcome.UNAUTHENTICATED;
        }
        if (request.unknownCount() > 0) {
            reply.error(request, generation.key(), 420);
            return Outcome.REFUSED;
        }
        if (request.isFromControlled()) {
            if (conflictTold && now - conflictToldAt < CONFLICT_DISTANCE_NANOS) {
                return Outcome.ROLE_CONFLICT_KNOWN;
            }
            conflictTold = true;
            conflictToldAt = now;
            reply.error(request, generation.key(), 487);
            return Outcome.ROLE_CONFLICT;
        }
        if (!request.isFromControlling() || !request.hasPriority()) {
            reply.error(request, generation.key(), 400);
            return Outcome.REFUSED;
        }
        int path = find(addressHigh, addressLow, addressPort);
        if (path == NONE) {
            if (generation == last) {
                // What is over opens no new paths.
                return Outcome.UNAUTHENTICATED;
            }
            if (!paths.claim(addressHigh, addressLow, addressPort, now)) {
                return Outcome.ADDRESS_TAKEN;
            }
            path = add(addressHigh, addressLow, addressPort);
        }
        lastCheck[path] = now;
        reply.success(request, generation.key(), addressHigh, addressLow, addressPort);
        return request.isNominating() && generation != last ? nominate(generation, path, now) : Outcome.VALID;
    }

    private Outcome nominate(IceGeneration generation, int path, long now) {
        everNominated = true;
        if (generation == next) {
            if (last != null) {
                paths.retire(last.fragment());
            }
            last = current;
            last.endsAt(now + LATE_CHECKS_NANOS);
            current = next;
            next = null;
        }
        if (path == selected) {
            return Outcome.VALID;
        }
        selected = path;
        return Outcome.MOVED;
    }

    private IceGeneration generationOf(long fragment) {
        if (current.has(fragment)) {
            return current;
        }
        if (next != null && next.has(fragment)) {
            return next;
        }
        return last != null && last.has(fragment) ? last : null;
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

    /** Lets time pass: forgets paths that have had no check for too long, and credentials that are over. */
    public void tick(long now) {
        for (int i = pathCount - 1; i >= 0; i--) {
            if (now - lastCheck[i] > pathNanos) {
                remove(i);
            }
        }
        if (next != null && next.isOver(now)) {
            paths.retire(next.fragment());
            next = null;
        }
        if (last != null && last.isOver(now)) {
            paths.retire(last.fragment());
            last = null;
        }
    }

    /** Gives one path back, if this agent has it. */
    public void forget(long addressHigh, long addressLow, int addressPort) {
        int path = find(addressHigh, addressLow, addressPort);
        if (path != NONE) {
            remove(path);
        }
    }

    /** Gives all paths and fragments back; the endpoint is going away. */
    public void close() {
        paths.retire(current.fragment());
        if (next != null) {
            paths.retire(next.fragment());
        }
        if (last != null) {
            paths.retire(last.fragment());
        }
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
