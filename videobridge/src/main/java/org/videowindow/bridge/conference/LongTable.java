package org.videowindow.bridge.conference;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Objects by a number that a remote knows, without boxing: open addressing, linear probing. Grows with what is put in;
 * whoever puts bounds that. Looking up allocates nothing. Owned by one worker.
 */
final class LongTable<V> {
    private static final int FIRST_CAPACITY = 16;

    private final long seed;
    private long[] keys = new long[FIRST_CAPACITY];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** @param seed random, so that a remote that chooses keys cannot make them collide */
    LongTable(long seed) {
        this.seed = seed;
    }

    @SuppressWarnings("unchecked")
    V get(long key) {
        return (V) values[slot(key)];
    }

    int size() {
        return size;
    }

    /** Puts or replaces. */
    void put(long key, V value) {
        int slot = slot(key);
        if (values[slot] == null) {
            if (++size * 2 > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        values[slot] = value;
    }

    void remove(long key) {
        int hole = slot(key);
        if (values[hole] == null) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        int at = hole;
        while (true) {
            at = (at + 1) & mask;
            if (values[at] == null) {
                break;
            }
            int home = home(keys[at]);
            // Moves back what would no longer be found over the hole.
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                values[hole] = values[at];
                hole = at;
            }
        }
        values[hole] = null;
    }

    @SuppressWarnings("unchecked")
    void forEach(Consumer<V> consumer) {
        for (Object value : values.clone()) {
            if (value != null) {
                consumer.accept((V) value);
            }
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int at = home(key);
        while (values[at] != null && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long key) {
        long mixed = (key ^ seed) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        Arrays.fill(values, null);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
