package org.videowindow.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines that run the instances of an installation, each in the foreground. */
final class Commands {
    private final Installation installation;

    Commands(Installation installation) {
        this.installation = installation;
    }

    /** @throws Refusal if the program is not installed */
    List<String> of(Instance instance) throws IOException {
        Path configuration = installation.configuration(instance);
        return switch (instance.part()) {
            case PORTAL -> portal(configuration);
            case SHARD_SERVER -> java(instance.part(), "org.videowindow.shard.openfire.ShardServer", configuration);
            case FOCUS -> java(instance.part(), "org.videowindow.focus.Focus", configuration);
            case VIDEOBRIDGE -> java(instance.part(), "org.videowindow.bridge.Videobridge", configuration);
            // Master and worker, so that SIGUSR2 to the master reloads without closing anything.
            case HAPROXY ->
                List.of(Programs.of(instance.part()).toString(), "-W", "-db", "-f", configuration.toString());
            case COTURN -> List.of(Programs.of(instance.part()).toString(), "-c", configuration.toString());
            case POSTGRESQL -> new Database(installation).command();
        };
    }

    /** What the environment of an instance has beside ours. */
    Map<String, String> environment(Instance instance) throws IOException {
        if (instance.part() == Part.PORTAL && installation.setUp().postgresql()) {
            String password = Files.readString(installation.secret(Secrets.POSTGRESQL_PASSWORD));
            return Map.of("SPRING_DATASOURCE_PASSWORD", password.strip());
        }
        return Map.of();
    }

    private String java() {
        return installation.jdk().resolve("bin").resolve("java").toString();
    }

    /** The unpacked form, whose classes come out of an archive that its build left beside it: half the time to start. */
    private List<String> portal(Path configuration) {
        Path jar = installation.jar(Part.PORTAL);
        Path unpacked = jar.resolveSibling("app");
        List<String> words = new ArrayList<>(List.of(java()));
        words.addAll(virtualMachineOptions(Part.PORTAL));
        words.addAll(List.of(
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + unpacked.resolve("portal.jsa"),
                "-jar",
                unpacked.resolve(jar.getFileName()).toString(),
                "--spring.config.additional-location=file:" + configuration));
        return words;
    }

    private List<String> java(Part part, String mainClass, Path configuration) {
        Path jar = installation.jar(part);
        String libraries = jar.resolveSibling("lib").resolve("*").toString();
        List<String> words = new ArrayList<>(List.of(java()));
        words.addAll(virtualMachineOptions(part));
        words.addAll(List.of(
                "-cp",
                jar + System.getProperty("path.separator") + libraries,
                mainClass,
                "--config",
                configuration.toString()));
        return words;
    }

    /** How much memory a part may take on one machine, and which collector suits it. */
    private static List<String> virtualMachineOptions(Part part) {
        return switch (part) {
            // The first compiler only: half the work to start, which those wait for whose call lost this part.
            case SHARD_SERVER -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");
            case PORTAL -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m");
            case VIDEOBRIDGE -> bridgeOptions();
            case FOCUS -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m");
            default -> throw new IllegalArgumentException(part.title());
        };
    }
    /**
     * Stops of a few milliseconds, which a packet can bear, and nothing to do while people only talk. Our own code is compiled
     * a tenth as late: more of it while a meeting begins, less in the minutes after. Large pages, which only Linux's virtual
     * machines know by this name: each receiver's state lies somewhere else. They are touched at the start, because to clear
     * one takes long in the midst of a stop.
     */
    private static List<String> bridgeOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=5",
                "-XX:G1ConcRefinementThreads=0",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=CompileThresholdScaling,org.videowindow.*::*,0.1",
                "-Xms256m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "--enable-native-access=ALL-UNNAMED"));
        if (System.getProperty("os.name").equals("Linux")) {
            options.add("-XX:+UseTransparentHugePages");
        }
        return options;
    }
}
