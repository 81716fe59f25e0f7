package org.videowindow.portal.shard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which shard a room goes to. A room stays where it is while that shard is healthy, because the others may be in a call
 * there. Otherwise each healthy shard gets a number from a hash over room and shard, and the highest wins (rendezvous
 * hashing): every instance of the portal decides alike without asking, and the loss of a shard moves only its rooms.
 */
final class ShardChoice {
    private ShardChoice() {}

    /**
     * @param current the shard the room was last sent to
     * @param healthy the shards that could start a call now
     * @return empty when none is healthy
     */
    static Optional<Shard> choose(String room, @Nullable String current, Collection<Shard> healthy) {
        Optional<Shard> stay =
                healthy.stream().filter(shard -> shard.id().equals(current)).findFirst();
        return stay.or(() -> healthy.stream().max(Comparator.comparing(shard -> weight(room, shard.id()))));
    }

    private static String weight(String room, String shard) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((room + '\n' + shard).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has SHA-256.
        }
    }
}
