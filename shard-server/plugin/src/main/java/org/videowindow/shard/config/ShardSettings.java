package org.videowindow.shard.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plugin's settings, immutable; {@code video-window-reference.conf} describes each key.
 *
 * @param shardName name of this shard
 * @param region region of this shard, empty if not announced
 * @param token what a join token must look like
 * @param keys how the portal's keys are fetched
 * @param focusAccount node of the focus' account
 * @param bridgeAccount node of the bridges' account
 * @param servicePasswords password of each service account that exists
 * @param brewery node of the room in which bridges announce themselves
 * @param maxAccounts bound for signed-in accounts
 * @param maxRooms bound for rooms
 * @param liveness when a client is taken for gone
 * @param turn what XEP-0215 answers, empty without TURN
 * @param httpAddress private address for health and metrics
 * @param httpPort its port, 0 for off
 */
public record ShardSettings(
        String shardName,
        String region,
        TokenRules token,
        KeyFetching keys,
        String focusAccount,
        String bridgeAccount,
        Map<String, String> servicePasswords,
        String brewery,
        int maxAccounts,
        int maxRooms,
        Liveness liveness,
        Optional<Turn> turn,
        String httpAddress,
        int httpPort) {

    /**
     * What a join token must look like.
     *
     * @param issuer value of {@code iss}
     * @param audience value that {@code aud} holds
     * @param clockSkew tolerated difference of clocks
     * @param maxLength longest token, in characters
     * @param anyRoom whether {@code room: *} is taken
     */
    public record TokenRules(String issuer, String audience, Duration clockSkew, int maxLength, boolean anyRoom) {}

    /**
     * How the portal's keys are fetched.
     *
     * @param url JWK set
     * @param refresh time between fetches without need
     * @param unknownKeyInterval shortest time between fetches caused by unknown key ids
     * @param retry pause after the first failure
     * @param retryMax longest pause after failures
     * @param timeout how long one fetch may take
     */
    public record KeyFetching(
            URI url,
            Duration refresh,
            Duration unknownKeyInterval,
            Duration retry,
            Duration retryMax,
            Duration timeout) {}

    /**
     * When a client is taken for gone.
     *
     * @param pingAfter silence after which it is asked
     * @param goneAfter silence after which it is gone
     * @param resumeWithin how long a broken connection may be resumed
     */
    public record Liveness(Duration pingAfter, Duration goneAfter, Duration resumeWithin) {}

    /**
     * TURN servers and how to make credentials for them.
     *
     * @param secret shared with coturn ({@code static-auth-secret})
     * @param credentialLifetime how long credentials hold
     * @param services what is announced, in this order
     */
    public record Turn(String secret, Duration credentialLifetime, List<Service> services) {}

    /**
     * One announced server.
     *
     * @param type {@code stun}, {@code turn} or {@code turns}
     * @param host name or address
     * @param port port
     * @param transport {@code udp} or {@code tcp}
     */
    public record Service(String type, String host, int port, String transport) {}
}
