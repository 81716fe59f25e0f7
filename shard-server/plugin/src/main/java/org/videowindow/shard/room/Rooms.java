package org.videowindow.shard.room;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/**
 * Which rooms there are and who is in them with which role, learnt from the presences the room service sends to each
 * occupant about itself, so that it holds for every version of the server. Written by the threads that deliver stanzas
 * and by session events, read by everything. A room is made only for a service account, which bounds the map; occupants
 * are bounded by sessions.
 */
public final class Rooms implements RoomView {
    private final String focusAccount;
    private final int limit;
    private final InstantSource clock;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    /**
     * Somebody in a room.
     *
     * @param nick its name there
     * @param moderator whether its role is moderator
     */
    public record Occupant(String nick, boolean moderator) {}

    /**
     * A room with somebody in it.
     *
     * @param meetingId id of the meeting, new each time the room is made
     * @param created when the first occupant came
     * @param occupants by full address
     */
    public record Room(UUID meetingId, Instant created, Map<JID, Occupant> occupants) {}

    /**
     * Makes an empty set.
     *
     * @param limit most rooms at a time
     */
    public Rooms(String focusAccount, int limit, InstantSource clock) {
        this.focusAccount = focusAccount;
        this.limit = limit;
        this.clock = clock;
    }

    /** An occupant was told that it is in the room, or that its role has changed. */
    public void entered(String room, JID address, Occupant occupant) {
        rooms.compute(room, (node, old) -> {
            Room current = old;
            if (current == null) {
                if (rooms.size() >= limit) {
                    return null;
                }
                current = new Room(UUID.randomUUID(), clock.instant(), new ConcurrentHashMap<>());
            }
            current.occupants().put(address, occupant);
            return current;
        });
    }

    /** An occupant is no longer in the room. */
    public void left(String room, JID address) {
        rooms.computeIfPresent(room, (node, current) -> {
            current.occupants().remove(address);
            return current.occupants().isEmpty() ? null : current;
        });
    }

    /** A session has ended: it is in no room any more. */
    public void gone(JID address) {
        for (String room : rooms.keySet()) {
            left(room, address);
        }
    }

    /** A room with somebody in it. */
    public Optional<Room> find(String room) {
        return Optional.ofNullable(rooms.get(room));
    }

    /** The occupant of a room at an address. */
    public Optional<Occupant> occupant(String room, JID address) {
        return find(room).map(r -> r.occupants().get(address));
    }

    /** Full address of the focus in a room. */
    public Optional<JID> focus(String room) {
        return find(room)
                .flatMap(r -> r.occupants().keySet().stream()
                        .filter(address -> focusAccount.equals(address.getNode()))
                        .findFirst());
    }

    /** Rooms in which an address is. */
    public List<String> of(JID address) {
        return rooms.entrySet().stream()
                .filter(entry -> entry.getValue().occupants().containsKey(address))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Rooms in which an address has role moderator. */
    public List<String> moderatedBy(JID address) {
        return of(address).stream().filter(room -> moderator(room, address)).toList();
    }

    /** How many rooms there are. */
    public int size() {
        return rooms.size();
    }

    @Override
    public boolean ready(String room) {
        return focus(room).isPresent();
    }

    @Override
    public boolean inside(String room, JID occupant) {
        return occupant(room, occupant).isPresent();
    }

    @Override
    public boolean moderator(String room, JID occupant) {
        return occupant(room, occupant).map(Occupant::moderator).orElse(false);
    }
}
