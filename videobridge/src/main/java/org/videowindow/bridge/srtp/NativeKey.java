package org.videowindow.bridge.srtp;

import java.lang.ref.Cleaner;

/**
 * A key of a {@link GcmLibrary} with its native memory. Closed by the session that owns it; if that is forgotten, the
 * garbage collector's cleaner frees it, so that native memory is bounded by what is reachable.
 */
final class NativeKey implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Cleaner.Cleanable memory;
    private long handle;

    NativeKey(GcmLibrary library, byte[] key) {
        long taken = library.newKey(key);
        handle = taken;
        memory = CLEANER.register(this, () -> library.freeKey(taken));
    }

    /** The handle, or 0 once closed. */
    long handle() {
        return handle;
    }

    @Override
    public void close() {
        handle = 0;
        memory.clean();
    }
}
