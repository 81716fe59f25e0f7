package org.videowindow.bridge.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/** Finds functions of native libraries. Pointers and sizes are {@code long}, {@code int} stays {@code int}. */
final class NativeCalls {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final Linker LINKER = Linker.nativeLinker();

    private NativeCalls() {}

    /** A library that stays loaded, or nothing where it is not installed. */
    static Optional<SymbolLookup> library(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The C library and what else the JVM links. */
    static SymbolLookup standard() {
        return LINKER.defaultLookup();
    }

    /** A function that returns a value. */
    static MethodHandle function(SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /** A function that returns nothing. */
    static MethodHandle procedure(SymbolLookup library, String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
    }

    /**
     * A function that takes well below a microsecond and never waits: called without telling the JVM, which makes the
     * call cheaper and holds up a safepoint that long at most.
     */
    static MethodHandle shortFunction(
            SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                library.findOrThrow(name), FunctionDescriptor.of(result, arguments), Linker.Option.critical(false));
    }

    /** As {@link #shortFunction}, without a result. */
    static MethodHandle shortProcedure(SymbolLookup library, String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments), Linker.Option.critical(false));
    }

    /** That many pointers. */
    static MemoryLayout[] longs(int count) {
        MemoryLayout[] layouts = new MemoryLayout[count];
        Arrays.fill(layouts, LONG);
        return layouts;
    }
}
