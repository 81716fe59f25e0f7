package org.videowindow.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code test}: installs the test tools where they are missing and runs every test there is. */
final class Test {
    private static final List<Path> CHROMIUM = List.of(
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
        installBrowser();
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

    private void installBrowser() throws IOException, InterruptedException {
        if (CHROMIUM.stream().anyMatch(Files::isExecutable)) {
            return;
        }
        if (!Processes.isOnPath("apt-get")) {
            throw new Refusal("The browser test needs Chromium: install it so that /usr/bin/chromium exists.");
        }
        int code = step("Tools: package lists", installation.root(), asRoot("apt-get", "-q", "update"));
        if (code == 0) {
            code = step("Tools: Chromium", installation.root(), asRoot("apt-get", "-qy", "install", "chromium"));
        }
        if (code != 0) {
            throw new Refusal("Chromium could not be installed by apt-get: install it by hand and run the test again.");
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
