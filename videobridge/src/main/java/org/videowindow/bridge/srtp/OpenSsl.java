package org.videowindow.bridge.srtp;

import static org.videowindow.bridge.srtp.NativeCalls.INT;
import static org.videowindow.bridge.srtp.NativeCalls.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** OpenSSL's libcrypto, which nearly every Linux has: five calls per packet on one context per key. */
final class OpenSsl implements GcmLibrary {
    private static final String LIBRARY = "libcrypto.so.3";
    private static final int GET_TAG = 0x10;
    private static final int SET_TAG = 0x11;
    private static final int TAG_BYTES = 16;
    private static final int VERSION_STRING = 0;

    /** OPENSSL_INIT_NO_ATEXIT: its memory is not torn down at exit while a worker may still be sealing. */
    private static final long NO_CLEANUP_AT_EXIT = 0x0008_0000L;

    private static final String WHY_NOT;
    private static final String DESCRIPTION;
    private static final long AES_128_GCM;
    private static final MethodHandle NEW;
    private static final MethodHandle FREE;
    private static final MethodHandle INIT;
    private static final MethodHandle UPDATE;
    private static final MethodHandle FINAL;
    private static final MethodHandle CONTROL;

    static {
        String whyNot = null;
        String description = null;
        long cipher = 0;
        MethodHandle[] calls = new MethodHandle[6];
        try {
            Optional<SymbolLookup> found = NativeCalls.library(LIBRARY);
            if (found.isEmpty()) {
                whyNot = LIBRARY + " is not installed (Debian: libssl3)";
            } else {
                SymbolLookup library = found.get();
                require((int) NativeCalls.function(library, "OPENSSL_init_crypto", INT, LONG, LONG)
                        .invokeExact(NO_CLEANUP_AT_EXIT, 0L));
                calls[0] = NativeCalls.function(library, "EVP_CIPHER_CTX_new", LONG);
                calls[1] = NativeCalls.procedure(library, "EVP_CIPHER_CTX_free", LONG);
                calls[2] =
                        NativeCalls.shortFunction(library, "EVP_CipherInit_ex", INT, LONG, LONG, LONG, LONG, LONG, INT);
                calls[3] = NativeCalls.shortFunction(library, "EVP_CipherUpdate", INT, LONG, LONG, LONG, LONG, INT);
                calls[4] = NativeCalls.shortFunction(library, "EVP_CipherFinal_ex", INT, LONG, LONG, LONG);
                calls[5] = NativeCalls.shortFunction(library, "EVP_CIPHER_CTX_ctrl", INT, LONG, INT, INT, LONG);
                cipher = (long)
                        NativeCalls.function(library, "EVP_aes_128_gcm", LONG).invokeExact();
                long text = (long) NativeCalls.function(library, "OpenSSL_version", LONG, INT)
                        .invokeExact(VERSION_STRING);
                description = MemorySegment.ofAddress(text)
                        .reinterpret(Long.MAX_VALUE)
                        .getString(0)
                        .replaceFirst(" [0-9]{1,2} .*", "");
            }
        } catch (Throwable e) {
            whyNot = LIBRARY + " cannot be used: " + e.getMessage();
        }
        WHY_NOT = whyNot;
        DESCRIPTION = description;
        AES_128_GCM = cipher;
        NEW = calls[0];
        FREE = calls[1];
        INIT = calls[2];
        UPDATE = calls[3];
        FINAL = calls[4];
        CONTROL = calls[5];
    }

    /** Why it cannot be used here, or {@code null}. */
    static String whyNot() {
        return WHY_NOT;
    }

    @Override
    public String describe() {
        return DESCRIPTION;
    }

    @Override
    public long newKey(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            long context = (long) NEW.invokeExact();
            if (context == 0) {
                throw new OutOfMemoryError("no native memory for a key");
            }
            require((int) INIT.invokeExact(context, AES_128_GCM, 0L, raw.address(), 0L, 1));
            raw.fill((byte) 0);
            return context;
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void freeKey(long key) {
        try {
            FREE.invokeExact(key);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void seal(long key, long work, long iv, long clear, int clearLength, long data, int length, long tag) {
        try {
            // The first words of the work area take the counts of written bytes, which are known beforehand.
            require((int) INIT.invokeExact(key, 0L, 0L, 0L, iv, 1));
            require((int) UPDATE.invokeExact(key, 0L, work, clear, clearLength));
            if (length > 0) {
                require((int) UPDATE.invokeExact(key, data, work, data, length));
            }
            require((int) FINAL.invokeExact(key, tag, work));
            require((int) CONTROL.invokeExact(key, GET_TAG, TAG_BYTES, tag));
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean open(long key, long work, long iv, long clear, int clearLength, long data, int length, long tag) {
        try {
            require((int) INIT.invokeExact(key, 0L, 0L, 0L, iv, 0));
            require((int) CONTROL.invokeExact(key, SET_TAG, TAG_BYTES, tag));
            require((int) UPDATE.invokeExact(key, 0L, work, clear, clearLength));
            if (length > 0) {
                require((int) UPDATE.invokeExact(key, data, work, data, length));
            }
            return (int) FINAL.invokeExact(key, work + 16, work) == 1;
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void require(int result) {
        if (result != 1) {
            throw new IllegalStateException("OpenSSL refused an AES-GCM call");
        }
    }
}
