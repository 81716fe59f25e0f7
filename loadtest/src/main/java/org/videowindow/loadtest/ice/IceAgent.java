package org.videowindow.loadtest.ice;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * ICE of one participant with one host address: checks every candidate of the server, nominates the first that answers
 * when it controls, takes what the other nominates when it does not, answers checks, and keeps consent (RFC 7675) by a
 * check every few seconds. Bytes and time in, bytes out; owned by the thread of its participant.
 */
public final class IceAgent {
    private static final long PACE = 50_000_000L;
    private static final long CONSENT = 2_500_000_000L;
    private static final int PRIORITY = (110 << 24) | (65_535 << 8) | 255;
    private static final int HOST = (126 << 24) | (65_535 << 8) | 255;

    /** Where the server may be reached: an IPv4 address and a port. */
    public record Candidate(int address, int port) {}

    /** What the server signalled. */
    public record Remote(String fragment, String password, List<Candidate> candidates) {}

    /** Sends a message to a candidate. */
    @FunctionalInterface
    public interface Output {
        void send(Candidate to, byte[] message);
    }

    private final String fragment;
    private final String password;
    private final long tieBreaker;
    private final Random random;
    private Remote remote;
    private boolean controlling;
    private Candidate selected;
    private Candidate answered;
    private int next;
    private long due;
    private long lastAnswer;
    private byte[] transaction = {};
    private Candidate checked;

    /**
     * @param controlling the role at first; towards a server of ICE-lite always true
     */
    public IceAgent(String fragment, String password, boolean controlling, Random random) {
        this.fragment = fragment;
        this.password = password;
        this.controlling = controlling;
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    /** What is signalled to the server. */
    public String fragment() {
        return fragment;
    }

    /** What is signalled to the server. */
    public String password() {
        return password;
    }

    /** A candidate line as signalled (RFC 8839) without its foundation. */
    public static int hostPriority() {
        return HOST;
    }

    /** Begins, or begins again with new credentials of the server (ICE restart): the path in use stays until then. */
    public void remote(Remote now) {
        remote = now;
        answered = null;
        next = 0;
        due = 0;
    }

    /** The path for everything else, or {@code null} until there is one. */
    public Candidate selected() {
        return selected;
    }

    /** When the last check was answered, by the clock of {@link #tick}. */
    public long lastAnswer() {
        return lastAnswer;
    }

    /** Sends what is due. */
    public void tick(long now, Output output) {
        if (remote == null || remote.candidates().isEmpty() || now - due < 0) {
            return;
        }
        due = now + (answered == null ? PACE : CONSENT);
        checked = answered != null
                ? answered
                : remote.candidates().get(next++ % remote.candidates().size());
        transaction = new byte[12];
        random.nextBytes(transaction);
        StunMessage.Writer check = new StunMessage.Writer(StunMessage.REQUEST, transaction)
                .text(StunMessage.USERNAME, remote.fragment() + ":" + fragment)
                .number(StunMessage.PRIORITY, PRIORITY)
                .number(controlling ? StunMessage.CONTROLLING : StunMessage.CONTROLLED, tieBreaker);
        if (controlling) {
            check.flag(StunMessage.USE_CANDIDATE);
        }
        output.send(checked, check.finish(remote.password()));
    }

    /** Takes a STUN message; anything that is none, or is not authentic, is ignored. */
    public void receive(byte[] datagram, Candidate from, long now, Output output) {
        StunMessage.parse(datagram).ifPresent(message -> {
            switch (message.type()) {
                case StunMessage.REQUEST -> request(message, from, bytes -> output.send(from, bytes));
                case StunMessage.SUCCESS, StunMessage.ERROR -> answer(message, now);
                default -> {
                    // Indications keep a binding alive and want no answer.
                }
            }
        });
    }

    private void request(StunMessage request, Candidate from, Consumer<byte[]> reply) {
        if (!request.isAuthentic(password)) {
            return;
        }
        int theirs = controlling ? StunMessage.CONTROLLING : StunMessage.CONTROLLED;
        if (request.has(theirs)) {
            // Both have one role (RFC 8445 section 7.3.1.1): the larger tie breaker controls.
            boolean larger = Long.compareUnsigned(tieBreaker, request.tieBreaker(theirs)) >= 0;
            if (larger == controlling) {
                reply.accept(new StunMessage.Writer(StunMessage.ERROR, request.transaction())
                        .error(StunMessage.ROLE_CONFLICT)
                        .finish(password));
                return;
            }
            controlling = !controlling;
        }
        if (!controlling && request.has(StunMessage.USE_CANDIDATE)) {
            selected = from;
        }
        reply.accept(new StunMessage.Writer(StunMessage.SUCCESS, request.transaction())
                .address(from.address(), from.port())
                .finish(password));
    }

    private void answer(StunMessage answer, long now) {
        if (remote == null
                || !Arrays.equals(answer.transaction(), transaction)
                || !answer.isAuthentic(remote.password())) {
            return;
        }
        if (answer.type() == StunMessage.ERROR) {
            if (answer.errorCode() == StunMessage.ROLE_CONFLICT) {
                controlling = !controlling;
                due = now;
            }
            return;
        }
        lastAnswer = now;
        answered = checked;
        if (controlling) {
            selected = checked;
        }
    }
}
