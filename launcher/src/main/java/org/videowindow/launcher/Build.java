package org.videowindow.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds the parts whose sources are newer than what was built of them. */
final class Build {
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", "dist", "test-output");
    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building Video Window: (.+) [0-9][^ ]*\\s.*");
    private static final int ERROR_LINES = 12;

    private final Installation installation;
    private final PrintStream out;

    Build(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /** Builds what is not built. @throws Refusal if it cannot be built */
    void run() throws IOException, InterruptedException {
        List<Part> stale = new ArrayList<>();
        for (Part part : Part.OURS) {
            if (isStale(part)) {
                stale.add(part);
            }
        }
        if (stale.isEmpty()) {
            return;
        }
        require("mvn", "Maven (Debian: apt-get install maven)");
        if (stale.contains(Part.PORTAL)) {
            require("npm", "Node.js 20 or later with npm");
        }
        out.println("Building (the first time takes a few minutes):");
        maven(stale);
    }

    private static void require(String program, String name) {
        if (!Processes.isOnPath(program)) {
            throw new Refusal("The build needs " + name + " and found no " + program + " on the PATH: install it.");
        }
    }

    /** Whether a source of the part is newer than its jar. */
    boolean isStale(Part part) throws IOException {
        if (!installation.isBuilt(part)) {
            return true;
        }
        FileTime built = builtAt(installation.jar(part));
        if (Files.getLastModifiedTime(installation.root().resolve("pom.xml")).compareTo(built) > 0) {
            return true;
        }
        return hasNewerFile(installation.root().resolve(part.sources()), built);
    }

    /** Spring Boot gives its jar a fixed date for reproducible builds; what it was made from lies beside it. */
    private static FileTime builtAt(Path jar) throws IOException {
        FileTime built = Files.getLastModifiedTime(jar);
        Path original = jar.resolveSibling(jar.getFileName() + ".original");
        if (Files.exists(original) && Files.getLastModifiedTime(original).compareTo(built) > 0) {
            return Files.getLastModifiedTime(original);
        }
        return built;
    }

    private static boolean hasNewerFile(Path folder, FileTime built) throws IOException {
        boolean[] newer = {false};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                newer[0] = newer[0] || attributes.lastModifiedTime().compareTo(built) > 0;
                return newer[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return newer[0];
    }

    private void maven(List<Part> stale) throws IOException, InterruptedException {
        String modules = stale.stream().map(Part::module).collect(Collectors.joining(","));
        Path log = installation.home().resolve("logs").resolve("build.log");
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(
                "mvn", "-B", "-ntp", "-am", "-pl", modules, "-Dmaven.test.skip=true", "-Dstyle.color=never", "package");
        builder.directory(installation.root().toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", installation.jdk().toString());
        Process maven = builder.start();
        Deque<String> errors = new ArrayDeque<>();
        try (BufferedReader lines = maven.inputReader();
                PrintStream copy = new PrintStream(Files.newOutputStream(log), true)) {
            Steps steps = new Steps(out);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.println(line);
                Matcher module = MODULE.matcher(line);
                if (module.matches()) {
                    steps.next(module.group(1));
                } else if (line.startsWith("[ERROR]") && errors.size() < ERROR_LINES) {
                    errors.add(line);
                }
            }
            steps.end(maven.waitFor() == 0);
        }
        if (maven.exitValue() != 0) {
            errors.forEach(out::println);
            throw new Refusal("The build failed: see the lines above and " + log + ".");
        }
        // Maven leaves a jar alone whose classes did not change: its date must still say that it is up to date.
        FileTime now = FileTime.from(Instant.now());
        for (Part part : stale) {
            Files.setLastModifiedTime(installation.jar(part), now);
        }
    }

    /** One line a module, with the time it took. */
    private static final class Steps {
        private final PrintStream out;
        private String current;
        private long since;

        Steps(PrintStream out) {
            this.out = out;
        }

        void next(String name) {
            end(true);
            current = name;
            since = System.nanoTime();
            out.printf("  %-28s", name);
            out.flush();
        }

        void end(boolean good) {
            if (current != null) {
                out.printf("%s, %.0f s%n", good ? "built" : "failed", (System.nanoTime() - since) / 1e9);
                current = null;
            }
        }
    }
}
