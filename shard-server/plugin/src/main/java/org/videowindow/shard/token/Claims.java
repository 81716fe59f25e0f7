package org.videowindow.shard.token;

import java.util.Map;

/**
 * What a verified join token says about its bearer. Everything the others see of a client comes from here.
 *
 * @param account the token's id ({@code jti}), a UUID: node of the account
 * @param room node of the only room it opens, lower case; {@code *} where every room is allowed
 * @param user who it is
 * @param features rights by name, for example {@code screen-sharing}
 */
public record Claims(String account, String room, User user, Map<String, Boolean> features) {
    private static final int ENDPOINT_ID_LENGTH = 8;

    /**
     * The person.
     *
     * @param id stable id at the portal
     * @param name display name
     * @param email address or empty
     * @param avatar URL or empty
     * @param owner whether it moderates the room
     * @param guest whether it has no account at the portal
     */
    public record User(String id, String name, String email, String avatar, boolean owner, boolean guest) {}

    public Claims {
        features = Map.copyOf(features);
    }

    /** Nick in the room, id at the bridge and prefix of source names: the first 8 digits of the account. */
    public String endpointId() {
        return account.substring(0, ENDPOINT_ID_LENGTH);
    }

    /** Whether the token opens a room. */
    public boolean opens(String roomNode) {
        return room.equals(roomNode) || "*".equals(room);
    }
}
