package org.videowindow.loadtest.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Fixed loads against our bridge and others in turn. */
@Command(name = "bench", description = "Compares.", mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
