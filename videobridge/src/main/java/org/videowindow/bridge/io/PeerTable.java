package org.videowindow.bridge.io;

import java.util.Arrays;

/**
 * Remote transport addresses that a worker knows, each with a small id: a bounded hash table of primitives
 * (open addressing, linear probing, backward-shift removal). Ids are dense, from 0 to {@link #capacity()} - 1, so that
 * the worker can keep an array beside the table; a removed id is given out again.
 *
 * <p>Enter only addresses that have proved themselves (an authenticated connectivity check): what fills the table is
 * then an authenticated endpoint, not a stranger with forged source addresses.
 *
 * <p>Owned by one worker thread.
 */
public final class PeerTable {
    /** What {@link #find} and {@link #add} answer when there is no id. */
    public static final int NONE = -1;

    private final long[] high;
    private final long[] low;
    private final int[] port;
    private final int[] freeIds;
    private final int[] buckets;
    private final int mask;
    private final long seed;
    private int free;

    /**
     * A table for that many peers.
     *
     * @param capacity most peers at a time
     * @param seed random, so that a remote cannot choose addresses that collide
     */
    public PeerTable(int capacity, long seed) {
        if (capacity < 1 || capacity > 1 << 24) {
            throw new IllegalArgumentException("capacity " + capacity);
        }
        high = new long[capacity];
        low = new long[capacity];
        port = new int[capacity];
        freeIds = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            freeIds[i] = capacity - 1 - i;
            port[i] = NONE;
        }
        free = capacity;
        buckets = new int[Integer.highestOneBit(capacity) * 4];
        Arrays.fill(buckets, NONE);
        mask = buckets.length - 1;
        this.seed = seed;
    }

    /** The id of that address, or {@link #NONE}. */
    public int find(long addressHigh, long addressLow, int addressPort) {
        int bucket = hash(addressHigh, addressLow, addressPort);
        for (int id; (id = buckets[bucket]) != NONE; bucket = (bucket + 1) & mask) {
            if (port[id] == addressPort && low[id] == addressLow && high[id] == addressHigh) {
                return id;
            }
        }
        return NONE;
    }

    /** The id of that address, entered if it is new; {@link #NONE} when the table is full. */
    public int add(long addressHigh, long addressLow, int addressPort) {
        int bucket = hash(addressHigh, addressLow, addressPort);
        for (int id; (id = buckets[bucket]) != NONE; bucket = (bucket + 1) & mask) {
            if (port[id] == addressPort && low[id] == addressLow && high[id] == addressHigh) {
                return id;
            }
        }
        if (free == 0) {
            return NONE;
        }
        int id = freeIds[--free];
        high[id] = addressHigh;
        low[id] = addressLow;
        port[id] = addressPort;
        buckets[bucket] = id;
        return id;
    }

    /** {@link #add(long, long, int)} for control code. */
    public int add(PeerAddress address) {
        return add(address.high(), address.low(), address.port());
    }

    /** Forgets a peer; does nothing when the id is not in use. */
    public void remove(int id) {
        if (!contains(id)) {
            return;
        }
        int hole = hash(high[id], low[id], port[id]);
        while (buckets[hole] != id) {
            hole = (hole + 1) & mask;
        }
        port[id] = NONE;
        freeIds[free++] = id;
        int bucket = hole;
        while (true) {
            bucket = (bucket + 1) & mask;
            int other = buckets[bucket];
            if (other == NONE) {
                break;
            }
            int home = hash(high[other], low[other], port[other]);
            if (((bucket - home) & mask) >= ((bucket - hole) & mask)) {
                buckets[hole] = other;
                hole = bucket;
            }
        }
        buckets[hole] = NONE;
    }

    /** Whether that id is in use. */
    public boolean contains(int id) {
        return id >= 0 && id < port.length && port[id] != NONE;
    }

    /** First half of the peer's address. */
    public long high(int id) {
        return high[id];
    }

    /** Second half of the peer's address. */
    public long low(int id) {
        return low[id];
    }

    /** The peer's port. */
    public int port(int id) {
        return port[id];
    }

    /** The peer's address as an object, for control code. */
    public PeerAddress address(int id) {
        return new PeerAddress(high[id], low[id], port[id]);
    }

    /** Peers in the table. */
    public int size() {
        return port.length - free;
    }

    /** Most peers the table takes. */
    public int capacity() {
        return port.length;
    }

    private int hash(long addressHigh, long addressLow, int addressPort) {
        long h = seed ^ addressHigh;
        h = (h ^ (h >>> 32)) * 0x9E37_79B9_7F4A_7C15L + addressLow;
        h = (h ^ (h >>> 29)) * 0xBF58_476D_1CE4_E5B9L + addressPort;
        h = (h ^ (h >>> 32)) * 0x94D0_49BB_1331_11EBL;
        return (int) (h >>> 33) & mask;
    }
}
