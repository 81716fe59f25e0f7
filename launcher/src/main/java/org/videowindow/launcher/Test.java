package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code test}: installs the test tools where they are missing and runs every test there is. */
final class Test {
    static final List<Path> CHROMIUM = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private final Installation installation;
    private final PrintStream out;

    Test(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /** @return 0 if everything passed, else the exit code of the first step that did not */
    int run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        installTools();
        Path web = installation.root().resolve("portal").resolve("web");
        Path root = installation.root();
        int code = step(
                "Java: unit and integration tests, formatter, compiler checks", root, "mvn", "-B", "-ntp", "verify");
        if (code == 0) {
            code = step("Web: npm packages", web, "npm", "ci", "--no-audit", "--no-fund");
        }
        if (code == 0) {
            code = step("Web: types, style", web, "npm", "run", "check");
        }
        if (code == 0) {
            code = step("Web: unit tests", web, "npm", "test");
        }
        if (code == 0) {
            code = step("Browser: whole calls in Chromium", web, "npm", "run", "e2e");
        }
        out.printf(
                "%n./video-window test: %s after %.0f s%n",
                code == 0 ? "everything passed" : "FAILED", (System.nanoTime() - begin) / 1e9);
        return code;
    }

    /** A program of the tests, and the Debian package that brings it. */
    private record Tool(String debian, boolean isHere) {
        static Tool program(String debian, String program) {
            return new Tool(debian, Programs.find(program).isPresent());
        }
    }

    private static List<Tool> tools() {
        return List.of(
                new Tool("chromium", CHROMIUM.stream().anyMatch(Files::isExecutable)),
                Tool.program("haproxy", "haproxy"),
                Tool.program("coturn", "turnserver"),
                new Tool("postgresql", Programs.findPostgresql("initdb").isPresent()),
                Tool.program("faketime", "faketime"),
                new Tool("python3-jinja2", Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/jinja2"))),
                Tool.program("wrk", "wrk"),
                Tool.program("iproute2", "ip"),
                Tool.program("ffmpeg", "ffmpeg"),
                Tool.program("janus", "janus"),
                new Tool("libipsec-mb1", !isX86() || isLibrary("libIPSec_MB.so.1")));
    }

    private static boolean isX86() {
        return System.getProperty("os.arch").equals("amd64");
    }

    private static boolean isLibrary(String name) {
        return Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib")
                .anyMatch(directory -> Files.exists(Path.of(directory, name)));
    }

    private void installTools() throws IOException, InterruptedException {
        List<String> missing = tools().stream()
                .filter(tool -> !tool.isHere())
                .map(Tool::debian)
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        String names = String.join(" ", missing);
        if (!Processes.isOnPath("apt-get")) {
            throw new Refusal("The tests need these Debian packages or what they bring: " + names + ".");
        }
        // The packages' own services would start beside ours and hold their ports.
        List<String> install = new ArrayList<>(List.of("env", "RUNLEVEL=1", "apt-get", "-qy", "install"));
        install.addAll(missing);
        int code = step("Tools: package lists", installation.root(), asRoot("apt-get", "-q", "update"));
        if (code == 0) {
            code = step("Tools: " + names, installation.root(), asRoot(install.toArray(String[]::new)));
        }
        if (code != 0) {
            throw new Refusal("apt-get could not install " + names + ": install them and run the test again.");
        }
    }

    private static String[] asRoot(String... command) {
        List<String> words = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            words.add("sudo");
        }
        words.addAll(List.of(command));
        return words.toArray(String[]::new);
    }

    private int step(String title, Path folder, String... command) throws IOException, InterruptedException {
        out.println("\n==> " + title + ": " + String.join(" ", command));
        out.flush();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().put("JAVA_HOME", installation.jdk().toString());
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        return builder.start().waitFor();
    }
}
