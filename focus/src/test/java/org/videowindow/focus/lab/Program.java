package org.videowindow.focus.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A packaged part in a process of its own, to be killed or stopped. */
public final class Program implements AutoCloseable {
    private final Path jar;
    private final String main;
    private final Path configuration;
    private final Path log;
    private Process process;

    private Program(Path jar, String main, Path configuration) {
        this.jar = jar;
        this.main = main;
        this.configuration = configuration;
        this.log = configuration.resolveSibling(configuration.getFileName() + ".log");
    }

    /** Starts the main class of a jar whose libraries are beside it. */
    public static Program start(Path jar, String main, Path configuration) throws IOException {
        if (!Files.exists(jar)) {
            throw new IllegalStateException("build it first: there is no " + jar.toAbsolutePath());
        }
        Program program = new Program(jar, main, configuration);
        program.start();
        return program;
    }

    /** Starts it again. */
    public void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-cp",
                        jar + File.pathSeparator + jar.resolveSibling("lib") + "/*",
                        main,
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** {@code kill}: asks it to stop, and waits. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("does not stop:\n" + log());
        }
    }

    /** Stops it where it stands, as a machine that hangs, or lets it go on. */
    public void freeze(boolean frozen) throws IOException, InterruptedException {
        String signal = frozen ? "-STOP" : "-CONT";
        int code = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    /** Waits for its end by itself. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end:\n" + log());
        }
        return process.exitValue();
    }

    /** What it wrote. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
