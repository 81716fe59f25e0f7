package org.videowindow.loadtest;

import java.io.IOException;
import org.videowindow.loadtest.command.BenchCommand;
import org.videowindow.loadtest.command.RunCommand;
import org.videowindow.loadtest.command.StreamCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "loadtest",
        description = "Headless participants that put load on a bridge and tell what became of it.",
        subcommands = {RunCommand.class, BenchCommand.class, StreamCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = LoadTest.Version.class)
public final class LoadTest {

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new LoadTest());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IOException) {
                command.getErr().println(command.getColorScheme().errorText(failure.getMessage()));
                return 1;
            }
            throw failure;
        });
        System.exit(line.execute(arguments));
    }

    /** What the jar says of itself. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LoadTest.class.getPackage().getImplementationVersion();
            return new String[] {"loadtest " + (version == null ? "(not packaged)" : version)};
        }
    }
}
