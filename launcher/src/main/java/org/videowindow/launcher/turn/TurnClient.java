package org.videowindow.launcher.turn;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/**
 * A client of one TURN server (RFC 8656) with long-term credentials (RFC 8489, 9.2): asks for a relay and exchanges
 * datagrams with peers through it. Each call blocks until the answer is there or the patience has ended, which throws a
 * {@link SocketTimeoutException}; an answer that is an error throws {@link TurnRefused}. Used by one thread.
 */
public final class TurnClient implements Closeable {
    private static final int UDP = 17;
    private static final int ALLOCATION_MISMATCH = 437;
    private static final int MAX_WAITING = 256;
    private static final Duration FIRST_REPETITION = Duration.ofMillis(500);

    private final TurnTransport transport;
    private final String username;
    private final String password;
    private final Duration patience;
    private final Queue<byte[]> arrived = new ArrayDeque<>();
    private final Map<Integer, InetSocketAddress> channels = new HashMap<>();
    private Optional<Challenge> challenge = Optional.empty();
    private boolean allocated;

    /** What the server wants to see in requests. */
    private record Challenge(String realm, String nonce) {}

    /**
     * What the server gave.
     *
     * @param relayed address that peers see
     * @param mapped our own address as the server sees it
     * @param lifetime how long it lasts unless it is refreshed
     */
    public record Allocation(InetSocketAddress relayed, InetSocketAddress mapped, Duration lifetime) {}

    /** A datagram of a peer's. */
    public record Received(InetSocketAddress peer, ByteBuffer data) {
        public String text() {
            return StandardCharsets.UTF_8.decode(data.duplicate()).toString();
        }
    }

    /**
     * @param transport closed together with this client
     * @param patience how long one request may take, with all its repetitions
     */
    public TurnClient(TurnTransport transport, String username, String password, Duration patience) {
        this.transport = transport;
        this.username = username;
        this.password = password;
        this.patience = patience;
    }

    /** Asks for a relay for UDP (RFC 8656, 7). */
    public Allocation allocate() throws IOException {
        return allocate(request -> request);
    }

    /** The same with further attributes, for example the family of the relay's address. */
    public Allocation allocate(UnaryOperator<StunRequest> more) throws IOException {
        StunMessage answer = requestAllocation(more);
        allocated = true;
        return new Allocation(
                answer.address(StunMessage.XOR_RELAYED_ADDRESS).orElseThrow(() -> incomplete("no relayed address")),
                answer.address(StunMessage.XOR_MAPPED_ADDRESS).orElseThrow(() -> incomplete("no mapped address")),
                Duration.ofSeconds(answer.number(StunMessage.LIFETIME).orElse(0)));
    }

    /**
     * A server may still have the relay of somebody who had our port a moment ago; then another port helps (RFC 8656,
     * 7.4). Once: who has a relay and asks for a second one is told so.
     */
    private StunMessage requestAllocation(UnaryOperator<StunRequest> more) throws IOException {
        UnaryOperator<StunRequest> attributes = r -> more.apply(r.with(StunMessage.REQUESTED_TRANSPORT, UDP << 24));
        try {
            return request(StunMessage.ALLOCATE, attributes);
        } catch (TurnRefused refused) {
            if (refused.code() != ALLOCATION_MISMATCH || allocated || !transport.changePort()) {
                throw refused;
            }
            return request(StunMessage.ALLOCATE, attributes);
        }
    }

    /** Asks for a longer life; zero gives the relay back (RFC 8656, 8). */
    public Duration refresh(Duration lifetime) throws IOException {
        StunMessage answer =
                request(StunMessage.REFRESH, r -> r.with(StunMessage.LIFETIME, (int) lifetime.toSeconds()));
        return Duration.ofSeconds(answer.number(StunMessage.LIFETIME).orElse(0));
    }

    /** Lets a peer send to the relay, from any port (RFC 8656, 10). */
    public void permit(InetSocketAddress peer) throws IOException {
        request(StunMessage.CREATE_PERMISSION, r -> r.with(StunMessage.XOR_PEER_ADDRESS, peer));
    }

    /** Binds a channel of 0x4000 to 0x4fff to a peer, which permits it too (RFC 8656, 12). */
    public void bindChannel(int channel, InetSocketAddress peer) throws IOException {
        request(
                StunMessage.CHANNEL_BIND,
                r -> r.with(StunMessage.CHANNEL_NUMBER, channel << 16).with(StunMessage.XOR_PEER_ADDRESS, peer));
        channels.put(channel, peer);
    }

    /** Sends a datagram to a peer (RFC 8656, 11.1). Nobody tells whether it went. */
    public void send(InetSocketAddress peer, byte[] data) throws IOException {
        transport.send(StunRequest.indication(StunMessage.SEND)
                .with(StunMessage.XOR_PEER_ADDRESS, peer)
                .with(StunMessage.PEER_DATA, data)
                .bytes());
    }

    /** Sends a datagram on a channel (RFC 8656, 12.5). */
    public void send(int channel, byte[] data) throws IOException {
        transport.send(ByteBuffer.allocate(4 + data.length)
                .putShort((short) channel)
                .putShort((short) data.length)
                .put(data)
                .array());
    }

    /** The next datagram of a peer, by indication or on a channel. */
    public Received receive(Duration within) throws IOException {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            byte[] message = arrived.isEmpty() ? transport.receive(until(end)) : arrived.remove();
            Optional<Received> received = received(message);
            if (received.isPresent()) {
                return received.get();
            }
        }
    }

    /**
     * Makes a request, after a challenge of the server's once more with credentials (RFC 8489, 9.2.5).
     *
     * @param attributes adds the request's own attributes; may be called twice
     */
    public StunMessage request(int method, UnaryOperator<StunRequest> attributes) throws IOException {
        StunMessage answer = exchange(method, attributes);
        boolean challenged = (answer.errorCode() == 401 && challenge.isEmpty()) || answer.errorCode() == 438;
        if (answer.isError() && challenged) {
            challenge = Optional.of(new Challenge(
                    answer.text(StunMessage.REALM).orElseThrow(() -> incomplete("a challenge without realm")),
                    answer.text(StunMessage.NONCE).orElseThrow(() -> incomplete("a challenge without nonce"))));
            answer = exchange(method, attributes);
        }
        if (answer.isError()) {
            throw new TurnRefused(answer.errorCode(), answer.errorReason());
        }
        return answer;
    }

    /** The nonce in use, empty before the first challenge. */
    public Optional<String> nonce() {
        return challenge.map(Challenge::nonce);
    }

    /** Goes on with another nonce, for example one of another session's. */
    public void useNonce(String nonce) {
        challenge = challenge.map(known -> new Challenge(known.realm(), nonce));
    }

    /** Gives the relay back, if that goes without waiting, and closes the transport. */
    @Override
    public void close() throws IOException {
        try (TurnTransport closing = transport) {
            if (challenge.isPresent()) {
                closing.send(write(StunRequest.request(StunMessage.REFRESH).with(StunMessage.LIFETIME, 0)));
            }
        } catch (IOException gone) {
            // Then the server ends the allocation by itself.
        }
    }

    private StunMessage exchange(int method, UnaryOperator<StunRequest> attributes) throws IOException {
        StunRequest request = attributes.apply(StunRequest.request(method));
        byte[] bytes = write(request);
        long end = System.nanoTime() + patience.toNanos();
        Duration pause = transport.isReliable() ? patience : FIRST_REPETITION;
        while (true) {
            transport.send(bytes);
            Duration wait = pause.compareTo(until(end)) < 0 ? pause : until(end);
            Optional<StunMessage> answer = answerTo(request, System.nanoTime() + wait.toNanos());
            if (answer.isPresent()) {
                return answer.get();
            }
            pause = pause.multipliedBy(2);
        }
    }

    /** The answer, if it comes until then; datagrams of peers that come before are kept. */
    private Optional<StunMessage> answerTo(StunRequest request, long end) throws IOException {
        while (System.nanoTime() < end) {
            byte[] bytes;
            try {
                bytes = transport.receive(until(end));
            } catch (SocketTimeoutException nothing) {
                return Optional.empty();
            }
            Optional<StunMessage> message = StunMessage.read(bytes);
            if (message.isPresent()
                    && !message.get().isIndication()
                    && message.get().transaction().equals(request.transaction())) {
                checkSigned(message.get());
                return message;
            }
            if (arrived.size() < MAX_WAITING) {
                arrived.add(bytes);
            }
        }
        return Optional.empty();
    }

    private void checkSigned(StunMessage answer) throws IOException {
        if (challenge.isPresent() && answer.isSuccess() && !answer.isSignedWith(key(challenge.get()))) {
            throw new IOException("The answer of the TURN server is not signed with our password");
        }
    }

    private byte[] write(StunRequest request) {
        if (challenge.isEmpty()) {
            return request.bytes();
        }
        Challenge known = challenge.get();
        return request.with(StunMessage.USERNAME, username)
                .with(StunMessage.REALM, known.realm())
                .with(StunMessage.NONCE, known.nonce())
                .signed(key(known));
    }

    /** RFC 8489, 9.2.2. */
    private byte[] key(Challenge known) {
        try {
            String text = username + ":" + known.realm() + ":" + password;
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java platform has MD5.
        }
    }

    private Optional<Received> received(byte[] bytes) {
        if (bytes.length >= 4 && (bytes[0] & 0xc0) == 0x40) {
            int channel = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
            int length = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
            return Optional.ofNullable(channels.get(channel))
                    .filter(peer -> length <= bytes.length - 4)
                    .map(peer -> new Received(peer, ByteBuffer.wrap(bytes).slice(4, length)));
        }
        return StunMessage.read(bytes)
                .filter(message -> message.isIndication() && message.method() == StunMessage.DATA)
                .flatMap(message -> message.address(StunMessage.XOR_PEER_ADDRESS)
                        .flatMap(peer -> message.attribute(StunMessage.PEER_DATA)
                                .map(data -> new Received(peer, ByteBuffer.wrap(data)))));
    }

    private static Duration until(long end) throws SocketTimeoutException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("The TURN server did not answer in time");
        }
        return Duration.ofNanos(left);
    }

    private static IOException incomplete(String what) {
        return new IOException("The answer of the TURN server has " + what);
    }
}
