package org.videowindow.loadtest.command;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import org.videowindow.loadtest.bench.Progress;

/** Progress on the error stream: a bar that is drawn over where somebody looks, nothing where output goes to a file. */
final class Terminal implements Progress, AutoCloseable {
    private static final int BAR = 24;

    private final PrintStream out = System.err;
    private final boolean drawn =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    private int steps = 1;
    private int done;

    /** How many parts the whole has. */
    void total(int parts) {
        steps = Math.max(1, parts);
    }

    /** One part more is done. */
    void advance() {
        done++;
    }

    @Override
    public void step(String text) {
        if (drawn) {
            int filled = Math.min(BAR, BAR * done / steps);
            out.print("\r\u001b[K[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + text);
            out.flush();
        }
    }

    /** A line that stays. */
    void line(String text) {
        if (drawn) {
            out.print("\r\u001b[K");
        }
        out.println(text);
    }

    @Override
    public void close() {
        if (drawn) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
