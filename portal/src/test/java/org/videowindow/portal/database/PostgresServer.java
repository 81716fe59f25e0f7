package org.videowindow.portal.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL of a test's own: a new cluster in a temporary folder on a free port of loopback. PostgreSQL refuses
 * to run as root, so for root it runs as the user postgres, whom the Debian package makes.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String MISSING =
            "PostgreSQL is not installed, and the portal's tests need it: apt-get install postgresql";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PostgresServer shared;

    private final Path programs = programs();
    private final Path folder;
    private final int port = freePort();
    private String lastDatabase = "";
    private @Nullable Process process;

    private PostgresServer() {
        try {
            folder = Files.createTempDirectory("portal-postgresql");
            if (isRoot()) {
                UserPrincipal postgres =
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
                Files.setOwner(folder, postgres);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "postgresql-close"));
        run("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C");
        start();
        execute("postgres", "create role portal login");
    }

    /** The server that all tests of this JVM share; started when the first one asks. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = new PostgresServer();
        }
        return shared;
    }

    /** A server for one test, which may stop it as it likes. */
    public static PostgresServer own() {
        return new PostgresServer();
    }

    /** Makes an empty database that belongs to the role portal, and answers its JDBC address. */
    public String newDatabase() {
        String name = "portal_" + DATABASES.incrementAndGet();
        execute("postgres", "create database " + name + " owner portal");
        lastDatabase = name;
        return url(name);
    }

    /** The name of the newest database. */
    public String lastDatabase() {
        return lastDatabase;
    }

    /** Runs one statement as superuser in a database. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A connection as superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    /** Starts the server, at first or again, and waits until it answers. */
    public void start() {
        try {
            process = new ProcessBuilder(command(
                            "postgres",
                            "-p",
                            String.valueOf(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "max_connections=200",
                            "-c",
                            "shared_buffers=32MB",
                            "-c",
                            "fsync=off",
                            "-c",
                            "full_page_writes=off"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of(folder + ".log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant deadline = Instant.now().plusSeconds(60);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("PostgreSQL did not start: " + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Ends it at once, as a crash would (immediate shutdown: SIGQUIT). */
    public void kill() {
        end("QUIT");
    }

    @Override
    public void close() {
        end("INT");
        delete(folder);
        try {
            Files.deleteIfExists(Path.of(folder + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(String signal) {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(running.pid()))
                    .start()
                    .waitFor();
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            running.destroyForcibly();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void run(String program, String... arguments) {
        try {
            Path log = Path.of(folder + ".log");
            Process started = new ProcessBuilder(command(program, arguments))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (started.waitFor() != 0) {
                throw new IllegalStateException(program + " failed: " + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of("-D", folder.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String log() {
        try {
            return Files.readString(Path.of(folder + ".log"));
        } catch (IOException e) {
            return "no log";
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            Optional<Path> newest = versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
            return newest.orElseThrow(() -> new IllegalStateException(MISSING));
        } catch (IOException e) {
            throw new IllegalStateException(MISSING, e);
        }
    }

    private static int freePort() {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
