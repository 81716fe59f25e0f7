package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real shards behind two HAProxies: where the XMPP WebSockets of a room come to. */
class ShardsBehindHaproxyIT {
    private static final int OFFSET = 15_300;
    private static final Duration MOVED = Duration.ofSeconds(45);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OPEN =
            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='meet.video-window.local' version='1.0'/>";

    @TempDir
    Path home;

    private Script script;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        script = new Script(home, OFFSET);
        Script.Run up = script.run("up", "--with", "haproxy", "--shards", "2", "--proxies", "2");
        assertThat(up.code()).as(up.output()).isZero();
        http = HttpClient.newBuilder()
                .sslContext(trusting())
                .connectTimeout(SOON)
                .build();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (http != null) {
            http.shutdownNow();
        }
        script.run("down");
    }

    @Test
    void roomsHaveOneShardWhateverHappensToHaproxyAndAnotherWhenTheShardDies() throws Exception {
        // HAProxy looks at the shards once a second: what has just become healthy it may not know yet.
        await(
                "both send new rooms to both shards",
                SOON,
                () -> IntStream.rangeClosed(1, 2)
                        .allMatch(proxy -> takesNewRooms(proxy, "shard-1") && takesNewRooms(proxy, "shard-2")));
        await("calls can be started through both", SOON, () -> opens(1, "first") && opens(2, "first"));

        // Everybody of a room on one shard.
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rooms.add("room-" + i);
            for (int proxy = 1; proxy <= 2; proxy++) {
                assertThat(opens(proxy, rooms.getLast())).isTrue();
            }
        }
        String onFirst = rooms.stream()
                .filter(room -> shardOf(1, room).equals("shard-1"))
                .findFirst()
                .orElseThrow();
        String onSecond = rooms.stream()
                .filter(room -> shardOf(1, room).equals("shard-2"))
                .findFirst()
                .orElseThrow();
        for (String room : rooms) {
            assertThat(shardOf(2, room)).isEqualTo(shardOf(1, room));
        }
        // The table does not only say so: five clients through both proxies are five connections to that shard.
        List<Client> clients = new ArrayList<>();
        await("nobody is there", SOON, () -> connections("shard-1") + connections("shard-2") == 0);
        for (int i = 0; i < 5; i++) {
            clients.add(open(1 + i % 2, onFirst));
        }
        assertThat(connections("shard-1")).isEqualTo(5);
        assertThat(connections("shard-2")).isZero();

        // A drained shard keeps its rooms and gets no new ones.
        for (int proxy = 1; proxy <= 2; proxy++) {
            haproxy(proxy, "set server new_rooms/shard-1 state drain");
        }
        for (int i = 0; i < 10; i++) {
            assertThat(opens(1 + i % 2, "drained-" + i)).isTrue();
            assertThat(shardOf(1 + i % 2, "drained-" + i)).isEqualTo("shard-2");
        }
        assertThat(opens(2, onFirst)).isTrue();
        assertThat(shardOf(2, onFirst)).isEqualTo("shard-1");
        for (int proxy = 1; proxy <= 2; proxy++) {
            haproxy(proxy, "set server new_rooms/shard-1 state ready");
        }

        // One HAProxy is killed and started again.
        kill("haproxy-1");
        Script.Run started = script.run("start", "haproxy-1");
        assertThat(started.code()).as(started.output()).isZero();
        // All of it: the peers do not promise an order.
        await(
                "the table is back",
                SOON,
                () -> takesNewRooms(1, "shard-1")
                        && takesNewRooms(1, "shard-2")
                        && rooms.stream().allMatch(room -> shardOf(1, room).equals(shardOf(2, room)))
                        && shardOf(1, onFirst).equals("shard-1")
                        && IntStream.range(0, 10)
                                .allMatch(i -> shardOf(1, "drained-" + i).equals("shard-2")));
        for (String room : rooms) {
            assertThat(opens(1, room)).isTrue();
            assertThat(shardOf(1, room)).isEqualTo(shardOf(2, room));
        }

        // A shard dies: its rooms start again on the other.
        Client there = open(2, onFirst);
        Client untouched = open(2, onSecond);
        kill("shard-1");
        Duration ended = await("the WebSocket ends", MOVED, there::hasEnded);
        Duration moved =
                await("XMPP is spoken through both again", MOVED, () -> opens(1, onFirst) && opens(2, onFirst));
        System.out.printf(
                "shard killed: WebSocket ended after %.1f s, its rooms start again on the other after %.1f s%n",
                ended.toMillis() / 1e3, ended.plus(moved).toMillis() / 1e3);
        assertThat(ended.plus(moved)).isLessThan(MOVED);
        await(
                "both tables have the room on the other shard",
                SOON,
                () -> shardOf(1, onFirst).equals("shard-2")
                        && shardOf(2, onFirst).equals("shard-2"));
        assertThat(untouched.hasEnded()).isFalse();
        untouched.socket.abort();
        clients.forEach(client -> client.socket.abort());
    }

    /** Opens an XMPP stream. @return whether the shard answered with its own */
    private boolean opens(int proxy, String room) {
        try {
            open(proxy, room).socket.abort();
            return true;
        } catch (CompletionException | IllegalStateException refused) {
            return false;
        }
    }

    private Client open(int proxy, String room) {
        Client client = new Client();
        client.socket = http.newWebSocketBuilder()
                .subprotocols("xmpp")
                .connectTimeout(SOON)
                .buildAsync(
                        URI.create("wss://localhost:" + (8443 + 10 * (proxy - 1) + OFFSET) + "/xmpp-websocket?room="
                                + room),
                        client)
                .join();
        client.socket.sendText(OPEN, true).join();
        String answer = client.next();
        if (!answer.startsWith("<open ") || !answer.contains("from='meet.video-window.local'")) {
            throw new IllegalStateException("no stream: " + answer);
        }
        return client;
    }

    /** The shard in the table of a proxy; empty if the room is not in it. */
    private String shardOf(int proxy, String room) {
        return haproxy(proxy, "show table rooms")
                .lines()
                .filter(line -> line.contains("key=" + room + " "))
                .map(line -> line.substring(line.indexOf("server_key=") + "server_key=".length())
                        .strip())
                .findFirst()
                .orElse("");
    }

    /** Whether a proxy has found the shard fit for rooms that are not in its table. */
    private boolean takesNewRooms(int proxy, String shard) {
        return haproxy(proxy, "show stat")
                .lines()
                .filter(line -> line.startsWith("new_rooms," + shard + ","))
                .anyMatch(line -> line.split(",")[17].startsWith("UP"));
    }

    /** Open connections to a shard, of both proxies. */
    private int connections(String shard) {
        int sum = 0;
        for (int proxy = 1; proxy <= 2; proxy++) {
            sum += haproxy(proxy, "show stat")
                    .lines()
                    .filter(line -> line.startsWith("rooms," + shard + ","))
                    .mapToInt(line -> Integer.parseInt(line.split(",")[4]))
                    .sum();
        }
        return sum;
    }

    private String haproxy(int proxy, String command) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(home.resolve("run").resolve("haproxy-" + proxy + ".sock")));
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

    /** Kills an instance with all its processes. */
    private void kill(String instance) throws IOException {
        String pid = Files.readString(home.resolve("run").resolve(instance + ".pid"))
                .strip()
                .split("\\s")[0];
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        all.forEach(ProcessHandle::destroyForcibly);
        await(instance + " is gone", SOON, () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(home.resolve("secrets").resolve(Certificate.CERTIFICATE))) {
            store.setCertificateEntry(
                    "development", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Duration await(String what, Duration deadline, BooleanSupplier so) {
        long begin = System.nanoTime();
        while (!so.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000L);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** An open stream. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private volatile boolean ended;
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            messages.add(data.toString());
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            ended = true;
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended = true;
        }

        boolean hasEnded() {
            return ended;
        }

        private String next() {
            try {
                String message = messages.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                return message == null ? "" : message;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }
    }
}
