package org.videowindow.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running HAProxy of Debian, started as operators start it: a master with a worker. */
final class Haproxy implements Closeable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Setup setup;
    private final List<String> launch;
    private final Path configuration;
    private final Path log;
    private Process master;

    private Haproxy(Setup setup, List<String> prefix) throws IOException {
        this.setup = setup;
        configuration = setup.folder().resolve(setup.name() + ".cfg");
        log = setup.folder().resolve(setup.name() + ".log");
        Files.writeString(configuration, setup.render());
        launch = new ArrayList<>(prefix);
        launch.addAll(List.of("haproxy", "-W", "-f", configuration.toString()));
    }

    /**
     * Starts it and waits until it answers and has looked at its servers once: before that, one failed check makes a
     * server down, however many it takes later.
     */
    static Haproxy start(Setup setup) throws IOException {
        return start(setup, List.of());
    }

    /** The same with a command before it, such as one that enters a network namespace. */
    static Haproxy start(Setup setup, List<String> prefix) throws IOException {
        Haproxy haproxy = new Haproxy(setup, prefix);
        haproxy.launch();
        return haproxy;
    }

    private void launch() throws IOException {
        master = new ProcessBuilder(launch)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Await.until("HAProxy starts: " + log, START, this::hasLooked);
    }

    private boolean hasLooked() {
        if (!master.isAlive()) {
            throw new AssertionError("HAProxy ended: " + log());
        }
        try {
            List<String> lines = command("show stat -1 4 -1").lines().toList();
            int checkStatus = List.of(lines.getFirst().split(",")).indexOf("check_status");
            return lines.stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .filter(fields -> fields.length > checkStatus)
                    .noneMatch(fields -> fields[checkStatus].equals("INI") || fields[checkStatus].startsWith("* "));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    Setup setup() {
        return setup;
    }

    Client client() {
        return new Client(setup.https());
    }

    /** Asks or orders over the administration socket. */
    String command(String command) {
        return command(setup.folder().resolve(setup.name() + ".sock"), command);
    }

    private static String command(Path socket, String command) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers at its private health address: status line, headers, reason. */
    String health() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(setup.folder().resolve(setup.name() + ".sock.health")));
            channel.write(ByteBuffer.wrap("GET /about/health HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a server is up, by HAProxy's own word. */
    boolean isUp(String backend, String server) {
        return command("show stat")
                .lines()
                .anyMatch(line -> line.startsWith(backend + "," + server + ",") && line.contains(",UP,"));
    }

    /** The entry of a room in the table, empty if there is none. */
    String entry(String room) {
        return command("show table rooms")
                .lines()
                .filter(line -> line.contains("key=" + room + " "))
                .findFirst()
                .orElse("");
    }

    /** A reload as documented: the states of the servers are kept, a new worker takes over, the old one goes on. */
    void reload() throws IOException {
        // Before that it has nothing to hand on: it does not know yet whether somebody else knows more.
        Await.until("it has asked its peers", START, this::hasAskedItsPeers);
        Files.writeString(setup.folder().resolve(setup.name() + ".state"), command("show servers state"));
        String before = process();
        long loaded = loaded();
        Commands.run("kill", "-USR2", Long.toString(master.pid()));
        awaitNewWorker(before, loaded);
    }

    private void awaitNewWorker(String before, long loaded) {
        try {
            Await.until("a new worker", START, () -> isNew(before, loaded));
        } catch (AssertionError late) {
            throw new AssertionError(process() + log() + command("show stat -1 4 -1"), late);
        }
    }

    private boolean isNew(String before, long loaded) {
        try {
            // A master that is not done with one reload would not notice the order for the next.
            return loaded() > loaded && !process().equals(before) && hasLooked();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private boolean hasAskedItsPeers() {
        Matcher flags =
                Pattern.compile("id=video_window .*?flags=0x([0-9a-f]+)").matcher(command("show peers"));
        return flags.find() && (Integer.parseInt(flags.group(1), 16) & 3) == 3;
    }

    private long loaded() {
        return log().lines().filter(line -> line.contains("Loading success")).count();
    }

    private String process() {
        return command("show info")
                .lines()
                .filter(line -> line.startsWith("Pid: "))
                .findFirst()
                .orElse("");
    }

    /** Ends it at once, with all its connections, and starts it again. */
    void restart() throws IOException {
        kill();
        launch();
    }

    /** Ends it at once. */
    void kill() throws IOException {
        List<ProcessHandle> all = new ArrayList<>(master.descendants().toList());
        all.add(master.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        Await.until("HAProxy ends", START, () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Everything it printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> workers = master.descendants().toList();
        master.destroy();
        try {
            if (!master.waitFor(10, TimeUnit.SECONDS)) {
                master.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
