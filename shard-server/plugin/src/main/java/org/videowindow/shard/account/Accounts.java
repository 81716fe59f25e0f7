package org.videowindow.shard.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.videowindow.shard.token.Claims;

/**
 * Accounts that exist because somebody signed in with a token, with the claims of that token. An account lives as long
 * as one of its sessions; one that signed in without making a session is forgotten after a while. Written by the threads
 * that sign clients in and by session events, read by everything; safe for many threads.
 */
public final class Accounts {
    /** From success of SASL to the bound session; longer lets abandoned sign-ins pile up. */
    private static final Duration SESSION_DUE = Duration.ofSeconds(60);

    private final int limit;
    private final InstantSource clock;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * An account.
     *
     * @param signedIn when its newest token was taken
     * @param awaited whether that sign-in has not made its session yet
     * @param sessions full addresses; changed only inside the map's compute methods
     */
    private record Account(Claims claims, Instant signedIn, boolean awaited, Set<String> sessions) {}

    /**
     * Makes an empty set.
     *
     * @param limit most accounts at a time
     */
    public Accounts(int limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Remembers the claims of an account that has proved who it is. The newest token counts.
     *
     * @return false if there are too many accounts
     */
    public boolean signIn(Claims claims) {
        if (accounts.size() >= limit && !accounts.containsKey(claims.account())) {
            return false;
        }
        accounts.compute(claims.account(), (node, old) -> {
            Set<String> sessions = old == null ? new HashSet<>() : old.sessions();
            return new Account(claims, clock.instant(), true, sessions);
        });
        return true;
    }

    /** The claims of an account, if it is signed in. */
    public Optional<Claims> claims(String node) {
        if (node == null) {
            return Optional.empty();
        }
        Account account = accounts.get(node);
        return account == null ? Optional.empty() : Optional.of(account.claims());
    }

    /** A session of the account has begun. */
    public void sessionBegan(String node, String session) {
        accounts.computeIfPresent(node, (key, account) -> {
            account.sessions().add(session);
            return new Account(account.claims(), account.signedIn(), false, account.sessions());
        });
    }

    /** Full addresses of the account's sessions. */
    public List<String> sessions(String node) {
        List<String> sessions = new ArrayList<>();
        accounts.computeIfPresent(node, (key, account) -> {
            sessions.addAll(account.sessions());
            return account;
        });
        return sessions;
    }

    /**
     * A session of the account has ended; with the last one the account goes, unless somebody has just signed in again,
     * as after a broken network, and is about to make a session.
     */
    public void sessionEnded(String node, String session) {
        accounts.computeIfPresent(node, (key, account) -> {
            account.sessions().remove(session);
            return account.sessions().isEmpty() && !account.awaited() ? null : account;
        });
    }

    /** Forgets sign-ins that never made a session. Called by the plugin's clock. */
    public void tick() {
        Instant due = clock.instant().minus(SESSION_DUE);
        for (String node : accounts.keySet()) {
            accounts.computeIfPresent(
                    node,
                    (key, account) ->
                            account.sessions().isEmpty() && account.signedIn().isBefore(due) ? null : account);
        }
    }

    /** How many accounts there are. */
    public int size() {
        return accounts.size();
    }
}
