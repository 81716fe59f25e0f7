package org.videowindow.bridge.conference;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/** The conferences of all lanes. Any thread. */
final class WorkerConferences implements Conferences {
    private static final int LONGEST_MEETING_ID = 256;
    private static final int ID_BYTES = 8;

    private final List<Lane> lanes;
    private final BridgeLimits limits;
    private final SecureRandom random;
    private final Map<String, WorkerConference> byMeeting = new ConcurrentHashMap<>();
    private final Map<String, WorkerConference> byId = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> whenEmpty = new AtomicReference<>();

    WorkerConferences(List<Lane> lanes, BridgeLimits limits, SecureRandom random) {
        this.lanes = lanes;
        this.limits = limits;
        this.random = random;
    }

    @Override
    public synchronized Conference create(String meetingId, String name) throws ConferenceException {
        if (meetingId.isEmpty() || meetingId.length() > LONGEST_MEETING_ID) {
            throw new ConferenceException(
                    Reason.INVALID, "A meeting id has 1 to " + LONGEST_MEETING_ID + " characters.");
        }
        if (byMeeting.containsKey(meetingId)) {
            throw new ConferenceException(Reason.EXISTS, "The meeting has a conference on this bridge.");
        }
        if (byMeeting.size() >= limits.conferences()) {
            throw new ConferenceException(Reason.LIMIT, "The bridge holds " + limits.conferences() + " conferences.");
        }
        int index = leastLoaded();
        Lane lane = lanes.get(index);
        byte[] idBytes = new byte[ID_BYTES];
        random.nextBytes(idBytes);
        String id = HexFormat.of().formatHex(idBytes);
        WorkerConference conference = new WorkerConference(
                id,
                meetingId,
                name,
                index,
                lane.commands(),
                lane.endpoints(),
                this::isFull,
                () -> forget(id, meetingId));
        ConferenceSession inside = new ConferenceSession(lane.plane(), conference, random);
        conference.begin(inside);
        byMeeting.put(meetingId, conference);
        byId.put(id, conference);
        if (!lane.commands().post(inside::begin)) {
            forget(id, meetingId);
            throw new ConferenceException(Reason.OVERLOADED, "The bridge is busy or stopping.");
        }
        return conference;
    }

    /** Endpoints that are there now. */
    int endpoints() {
        return lanes.stream().mapToInt(lane -> lane.endpoints().get()).sum();
    }

    private boolean isFull() {
        return endpoints() >= limits.endpoints();
    }

    private int leastLoaded() {
        int best = 0;
        for (int i = 1; i < lanes.size(); i++) {
            if (lanes.get(i).endpoints().get() < lanes.get(best).endpoints().get()) {
                best = i;
            }
        }
        return best;
    }

    private void forget(String id, String meetingId) {
        byId.remove(id);
        byMeeting.remove(meetingId);
        tellIfEmpty();
    }

    @Override
    public void whenEmpty(Runnable task) {
        whenEmpty.set(task);
        tellIfEmpty();
    }

    private void tellIfEmpty() {
        if (byId.isEmpty()) {
            Runnable task = whenEmpty.getAndSet(null);
            if (task != null) {
                task.run();
            }
        }
    }

    @Override
    public Optional<Conference> find(String meetingId) {
        return Optional.ofNullable(byMeeting.get(meetingId));
    }

    @Override
    public Optional<Conference> findById(String conferenceId) {
        return Optional.ofNullable(byId.get(conferenceId));
    }

    @Override
    public List<Conference> list() {
        return List.copyOf(byId.values());
    }
}
