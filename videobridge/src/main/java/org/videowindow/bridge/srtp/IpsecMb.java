package org.videowindow.bridge.srtp;

import static org.videowindow.bridge.srtp.NativeCalls.INT;
import static org.videowindow.bridge.srtp.NativeCalls.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Intel's libIPSec_MB: one call per packet, the fastest AES-GCM there is on x86. The library has one function per kind of
 * processor and chooses in its manager; which one it chose is found by looking for the addresses of its exported
 * functions in the manager that it has set up, so that nothing depends on where the manager keeps them.
 */
final class IpsecMb implements GcmLibrary {
    private static final String LIBRARY = "libIPSec_MB.so.1";

    /** Names of the variants in the exported functions, as of version 1. */
    private static final List<String> VARIANTS = List.of("vaes_avx512", "avx512", "avx_gen4", "avx_gen2", "sse");

    /** {@code sizeof(struct gcm_key_data)} and its alignment; verified when the library is loaded. */
    private static final int KEY_BYTES = 1024;

    private static final int KEY_ALIGNMENT = 64;
    private static final long TAG_BYTES = 16;

    /** Where the calculated tag goes when opening: behind {@code struct gcm_context_data} (88 bytes) in the work area. */
    private static final int CALCULATED_TAG = 96;

    private static final String WHY_NOT;
    private static final String DESCRIPTION;
    private static final MethodHandle PREPARE;
    private static final MethodHandle ENCRYPT;
    private static final MethodHandle DECRYPT;
    private static final MethodHandle ALIGNED_ALLOC;
    private static final MethodHandle FREE;

    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    static {
        String whyNot = null;
        String description = null;
        MethodHandle prepare = null;
        MethodHandle encrypt = null;
        MethodHandle decrypt = null;
        ALIGNED_ALLOC = NativeCalls.function(NativeCalls.standard(), "aligned_alloc", LONG, LONG, LONG);
        FREE = NativeCalls.procedure(NativeCalls.standard(), "free", LONG);
        try {
            String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            Optional<SymbolLookup> found =
                    architecture.equals("amd64") ? NativeCalls.library(LIBRARY) : Optional.empty();
            if (found.isEmpty()) {
                whyNot = LIBRARY + " is not installed (Debian: libipsec-mb1, x86 only)";
            } else {
                SymbolLookup library = found.get();
                String variant = chosenVariant(library);
                prepare = NativeCalls.shortProcedure(library, "aes_gcm_pre_128_" + variant, NativeCalls.longs(2));
                encrypt = NativeCalls.shortProcedure(library, "aes_gcm_enc_128_" + variant, NativeCalls.longs(10));
                decrypt = NativeCalls.shortProcedure(library, "aes_gcm_dec_128_" + variant, NativeCalls.longs(10));
                checkKeySize(prepare);
                description = "libIPSec_MB " + version(library) + " (" + variant.replace('_', '-') + ")";
            }
        } catch (Throwable e) {
            whyNot = LIBRARY + " cannot be used: " + e.getMessage();
        }
        WHY_NOT = whyNot;
        DESCRIPTION = description;
        PREPARE = prepare;
        ENCRYPT = encrypt;
        DECRYPT = decrypt;
    }

    /** Why it cannot be used here, or {@code null}. */
    static String whyNot() {
        return WHY_NOT;
    }

    private static String version(SymbolLookup library) throws Throwable {
        long text = (long)
                NativeCalls.function(library, "imb_get_version_str", LONG).invokeExact();
        return MEMORY.getString(text);
    }

    /** Lets the library look at the processor, and sees which of its functions it took. */
    private static String chosenVariant(SymbolLookup library) throws Throwable {
        long manager =
                (long) NativeCalls.function(library, "alloc_mb_mgr", LONG, LONG).invokeExact(0L);
        if (manager == 0) {
            throw new IllegalStateException("it has no memory");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment kind = arena.allocate(INT);
            NativeCalls.procedure(library, "init_mb_mgr_auto", LONG, LONG).invokeExact(manager, kind.address());
            long bytes = (long)
                    NativeCalls.function(library, "imb_get_mb_mgr_size", LONG).invokeExact();
            for (String variant : VARIANTS) {
                Optional<MemorySegment> function = library.find("aes_gcm_enc_128_" + variant);
                if (function.isPresent() && holds(manager, bytes, function.get().address())) {
                    return variant;
                }
            }
        } finally {
            NativeCalls.procedure(library, "free_mb_mgr", LONG).invokeExact(manager);
        }
        throw new IllegalStateException("it uses none of the known functions on this processor");
    }

    private static boolean holds(long memory, long bytes, long wanted) {
        for (long at = 0; at + 8 <= bytes; at += 8) {
            if (MEMORY.get(ValueLayout.JAVA_LONG, memory + at) == wanted) {
                return true;
            }
        }
        return false;
    }

    /** A version whose key structure is larger would write behind the memory of a key. */
    private static void checkKeySize(MethodHandle prepare) throws Throwable {
        byte untouched = (byte) 0xA5;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(4L * KEY_BYTES, KEY_ALIGNMENT);
            room.fill(untouched);
            MemorySegment key = arena.allocate(16);
            prepare.invokeExact(key.address(), room.address());
            for (long at = KEY_BYTES; at < room.byteSize(); at++) {
                if (room.get(ValueLayout.JAVA_BYTE, at) != untouched) {
                    throw new IllegalStateException("its keys are larger than known");
                }
            }
        }
    }

    @Override
    public String describe() {
        return DESCRIPTION;
    }

    @Override
    public long newKey(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            long handle = (long) ALIGNED_ALLOC.invokeExact((long) KEY_ALIGNMENT, (long) KEY_BYTES);
            if (handle == 0) {
                throw new OutOfMemoryError("no native memory for a key");
            }
            PREPARE.invokeExact(raw.address(), handle);
            raw.fill((byte) 0);
            return handle;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void freeKey(long key) {
        MEMORY.asSlice(key, KEY_BYTES).fill((byte) 0);
        try {
            FREE.invokeExact(key);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void seal(long key, long work, long iv, long clear, int clearLength, long data, int length, long tag) {
        try {
            ENCRYPT.invokeExact(key, work, data, data, (long) length, iv, clear, (long) clearLength, tag, TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean open(long key, long work, long iv, long clear, int clearLength, long data, int length, long tag) {
        long calculated = work + CALCULATED_TAG;
        try {
            DECRYPT.invokeExact(
                    key, work, data, data, (long) length, iv, clear, (long) clearLength, calculated, TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        // Without a branch between the halves: how long it takes tells nothing about where they differ.
        long differences = MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, tag)
                ^ MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, calculated);
        differences |= MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, tag + 8)
                ^ MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, calculated + 8);
        return differences == 0;
    }
}
