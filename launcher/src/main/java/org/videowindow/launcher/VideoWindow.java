package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * The command line. Exit codes: 0 all is as asked, 1 it is not and one sentence on standard error says why, 2 the
 * command line is not one of those below.
 */
public final class VideoWindow {
    private static final String USAGE = """
            Video Window: video meetings on your own machine

              ./video-window up [--foreground]   build what is not built, start all parts, print the address
              ./video-window down                stop all parts
              ./video-window status              a table: part, pid, health, memory, ports
              ./video-window logs [part] [-f]    the last lines of the logs; -f follows one part
              ./video-window test                install the test tools and run every test

            Parts: shard-server, portal, videobridge, focus.
            VIDEO_WINDOW_HOME         folder for secrets, databases and logs (default: var)
            VIDEO_WINDOW_PORT_OFFSET  number added to every port (default: 0)""";

    private VideoWindow() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            String root = System.getProperty("video-window.root", ".");
            Installation installation =
                    Installation.of(Path.of(root).toAbsolutePath().normalize(), System.getenv());
            return command(installation, arguments, out, err);
        } catch (Refusal refusal) {
            err.println(refusal.getMessage());
            return 1;
        } catch (IOException failure) {
            err.println("A file or socket could not be used (" + failure + "): check the rights and the space of "
                    + "VIDEO_WINDOW_HOME.");
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int command(Installation installation, List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        String command = arguments.isEmpty() ? "help" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        switch (command) {
            case "up" -> {
                if (rest.isEmpty() || rest.equals(List.of("--foreground"))) {
                    new Up(installation, out).run(!rest.isEmpty());
                    return 0;
                }
            }
            case "down" -> {
                if (rest.isEmpty()) {
                    return down(installation, out);
                }
            }
            case "status" -> {
                if (rest.isEmpty()) {
                    return new Status(installation, out).print() ? 0 : 1;
                }
            }
            case "logs" -> {
                return logs(installation, rest, out);
            }
            case "test" -> {
                if (rest.isEmpty()) {
                    return new Test(installation, out).run();
                }
            }
            case "help", "--help", "-h" -> {
                out.println(USAGE);
                return 0;
            }
            default -> {
                // Falls to the usage below.
            }
        }
        err.println("Not a command: " + String.join(" ", arguments) + "\n\n" + USAGE);
        return 2;
    }

    private static int down(Installation installation, PrintStream out) throws IOException {
        List<Part> stopped = new Processes(installation).stop(EnumSet.allOf(Part.class));
        out.println(
                stopped.isEmpty()
                        ? "Nothing runs."
                        : "Stopped: "
                                + String.join(
                                        ", ", stopped.stream().map(Part::title).toList()) + ".");
        return 0;
    }

    private static int logs(Installation installation, List<String> arguments, PrintStream out)
            throws IOException, InterruptedException {
        boolean follow = arguments.contains("-f");
        List<Part> parts = arguments.stream()
                .filter(argument -> !argument.equals("-f"))
                .map(VideoWindow::part)
                .toList();
        Logs logs = new Logs(installation, out);
        if (!follow) {
            logs.print(parts.isEmpty() ? Arrays.asList(Part.values()) : parts);
            return 0;
        }
        if (parts.size() != 1) {
            throw new Refusal("-f follows one part: name one of shard-server, portal, videobridge, focus.");
        }
        logs.follow(parts.getFirst());
        return 0;
    }

    private static Part part(String title) {
        return Part.named(title)
                .orElseThrow(() -> new Refusal(
                        "There is no part \"" + title + "\": it is one of shard-server, portal, videobridge, focus."));
    }
}
