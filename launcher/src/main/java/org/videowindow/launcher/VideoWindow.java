package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command line. Exit codes: 0 all is as asked, 1 it is not and one sentence on standard error says why, 2 the
 * command line is not one of those below.
 */
public final class VideoWindow {
    private static final String USAGE = """
            Video Window: video meetings on your own machine

              ./video-window up [--foreground] [set-up]   build what is not built, start all parts, print the address
              ./video-window down                         stop all parts
              ./video-window start|stop INSTANCE          one of them alone
              ./video-window status                       a table: instance, pid, health, memory, ports
              ./video-window logs [INSTANCE] [-f]         the last lines of the logs; -f follows one of them
              ./video-window doctor [--browser] [--json]  check every hop of a call, and say what mends it
              ./video-window test                         install the test tools and run every test

            Set-up, remembered until down; without it the four parts once, on loopback:
              --with haproxy,coturn,postgresql            servers around them (Debian's packages)
              --shards N  --bridges N  --portals N        several of a part; a shard brings its focus
              --proxies N                                 several HAProxy
              --listen ADDRESS                            what haproxy, coturn and media listen on
              --regions                                   shard k and bridge k in region-k

            Instances: shard-server, portal, videobridge, focus; several of a part: shard-1, portal-1, bridge-1, focus-1.
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
                List<String> options = rest.stream()
                        .filter(word -> !word.equals("--foreground"))
                        .toList();
                Optional<SetUp> setUp = options.isEmpty() ? Optional.of(installation.setUp()) : SetUp.parse(options);
                if (setUp.isPresent()) {
                    refuseASecondSetUp(installation, setUp.get());
                    new Up(installation.with(setUp.get()), out).run(options.size() < rest.size());
                    return 0;
                }
            }
            case "down" -> {
                if (rest.isEmpty()) {
                    return down(installation, out);
                }
            }
            case "start" -> {
                if (rest.size() == 1) {
                    return start(installation, installation.setUp().named(rest.getFirst()), out);
                }
            }
            case "stop" -> {
                if (rest.size() == 1) {
                    Instance instance = installation.setUp().named(rest.getFirst());
                    return stopped(installation, new Processes(installation).stop(List.of(instance)), out);
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
            case "doctor" -> {
                if (List.of("--browser", "--json").containsAll(rest)) {
                    Doctor doctor = new Doctor(installation, rest.contains("--json"), out);
                    return doctor.run(rest.contains("--browser")) ? 0 : 1;
                }
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

    private static void refuseASecondSetUp(Installation installation, SetUp wanted) throws IOException {
        if (!wanted.equals(installation.setUp())
                && !new Processes(installation).running().isEmpty()) {
            throw new Refusal("Another set-up runs (up "
                    + String.join(" ", installation.setUp().words()) + "): stop it first with ./video-window down.");
        }
    }

    private static int down(Installation installation, PrintStream out) throws IOException {
        Processes processes = new Processes(installation);
        int code = stopped(installation, processes.stop(processes.running().keySet()), out);
        Files.deleteIfExists(installation.setUpFile());
        return code;
    }

    private static int stopped(Installation installation, List<Instance> stopped, PrintStream out) {
        out.println(
                stopped.isEmpty()
                        ? "Nothing runs."
                        : "Stopped: "
                                + String.join(
                                        ", ",
                                        stopped.stream()
                                                .map(installation.setUp()::label)
                                                .toList())
                                + ".");
        return 0;
    }

    /** With the configuration that is there; its health shows later. */
    private static int start(Installation installation, Instance instance, PrintStream out) throws IOException {
        Processes processes = new Processes(installation);
        if (processes.running(instance).isPresent()) {
            throw new Refusal(installation.setUp().label(instance) + " runs already.");
        }
        if (!Files.isDirectory(installation.secrets())) {
            throw new Refusal("Nothing was ever started here: begin with ./video-window up.");
        }
        FreePorts.check(installation, List.of(instance));
        processes.start(instance);
        out.println("Started: " + installation.setUp().label(instance) + ".");
        return 0;
    }

    private static int logs(Installation installation, List<String> arguments, PrintStream out)
            throws IOException, InterruptedException {
        boolean follow = arguments.contains("-f");
        List<Instance> instances = arguments.stream()
                .filter(argument -> !argument.equals("-f"))
                .map(installation.setUp()::named)
                .toList();
        Logs logs = new Logs(installation, out);
        if (!follow) {
            logs.print(instances.isEmpty() ? installation.setUp().instances() : instances);
            return 0;
        }
        if (instances.size() != 1) {
            throw new Refusal("-f follows one instance: name it.");
        }
        logs.follow(instances.getFirst());
        return 0;
    }
}
