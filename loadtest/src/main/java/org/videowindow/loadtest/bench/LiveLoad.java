package org.videowindow.loadtest.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.endpoint.OutgoingTrack;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.endpoint.Sender;
import org.videowindow.loadtest.endpoint.Totals;
import org.videowindow.loadtest.media.AudioSender;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.media.VideoSender;
import org.videowindow.loadtest.sfu.MediaServer;
import org.videowindow.loadtest.sfu.Room;
import org.videowindow.loadtest.sfu.Source;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** A load that runs: its rooms, participants and senders. One thread at a time. */
public final class LiveLoad implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    private static final int BATCH = 40;

    private final Engine engine;
    private final Load load;
    private final Random random;
    private final List<Room> rooms = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();
    private final List<Room.Joining> joined = new ArrayList<>();
    private final List<Participant> receivers = new ArrayList<>();
    private final Queue<Seat> seats = new ArrayDeque<>();
    private final List<Participant> gone = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final Map<String, VideoSender> cameras = new ConcurrentHashMap<>();
    private final List<AudioSender> microphones = new ArrayList<>();
    private int nextSsrc;
    private int nextId = 1;

    /** Where a receiver is; the queue begins with who has been there longest. */
    private record Seat(Room room, Participant participant) {}

    private LiveLoad(Engine engine, Load load) {
        this.engine = engine;
        this.load = load;
        this.random = new Random(load.key().hashCode());
        this.nextSsrc = 1 + random.nextInt(1 << 29);
    }

    /** Sets the load up; returns when everybody is connected and sends. */
    public static LiveLoad start(Engine engine, MediaServer server, Load load, Progress progress) throws IOException {
        LiveLoad live = new LiveLoad(engine, load);
        try {
            for (int i = 0; i < load.rooms(); i++) {
                live.open(server, i, progress);
            }
            // Only now, so that hundreds of handshakes do not compete with the media of those who are in.
            live.joined.forEach(live::send);
            return live;
        } catch (IOException | RuntimeException e) {
            live.close();
            throw e;
        }
    }

    private void open(MediaServer server, int number, Progress progress) throws IOException {
        Room room = server.room(engine, "load" + number, load.codec());
        rooms.add(room);
        List<Room.Joining> joining = new ArrayList<>();
        for (int i = 0; i < load.senders(); i++) {
            joining.add(new Room.Joining(join(), source()));
        }
        room.addSenders(joining, this::limit);
        joined.addAll(joining);
        for (int from = 0; from < load.receivers(); from += BATCH) {
            receive(room, Math.min(load.receivers() - from, BATCH));
            progress.step(load.key() + ": joined " + participants.size() + " of " + load.participants());
        }
    }

    private void receive(Room room, int people) throws IOException {
        List<Participant> batch = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            batch.add(join());
        }
        room.addReceivers(batch, load.maxHeight());
        receivers.addAll(batch);
        batch.forEach(participant -> seats.add(new Seat(room, participant)));
    }

    /**
     * The receivers who have been there longest leave, and as many others come; returns when those are connected.
     *
     * @param people how many; not more than receive
     * @throws IOException when the server refuses that, in one sentence
     */
    public void replace(int people) throws IOException {
        Map<Room, List<Participant>> leaving = new LinkedHashMap<>();
        for (int i = 0; i < people; i++) {
            Seat seat = seats.remove();
            leaving.computeIfAbsent(seat.room(), room -> new ArrayList<>()).add(seat.participant());
        }
        for (Map.Entry<Room, List<Participant>> room : leaving.entrySet()) {
            room.getKey().removeReceivers(room.getValue());
            engine.leave(room.getValue());
            gone.addAll(room.getValue());
            receivers.removeAll(room.getValue());
            receive(room.getKey(), room.getValue().size());
        }
    }

    /** How many have left. */
    public int left() {
        return gone.size();
    }

    private Participant join() throws IOException {
        Participant participant = engine.join(String.format("%08x", nextId++), MediaFormat.offered(load.codec()), true);
        participants.add(participant);
        return participant;
    }

    private Source source() {
        int encodings = load.codec().isSimulcast() ? load.encodings() : 1;
        List<Encoding> video = new ArrayList<>();
        for (int i = 0; i < encodings; i++) {
            video.add(new Encoding(nextSsrc++, nextSsrc++));
        }
        return new Source(nextSsrc++, video);
    }

    private void limit(String participant, int maxHeight) {
        VideoSender camera = cameras.get(participant);
        if (camera != null) {
            engine.execute(() -> camera.limitHeight(maxHeight));
        }
    }

    /** Cameras and microphones begin at different moments, as people do. */
    private void send(Room.Joining joining) {
        Participant participant = joining.participant();
        long start = System.nanoTime() + random.nextLong(SECOND / Load.FRAMES_PER_SECOND);
        LongSupplier wall = engine.wallClock();
        engine.ask(() -> {
            List<VideoSender.Layer> layers = new ArrayList<>();
            List<OutgoingTrack> tracks = new ArrayList<>();
            for (Encoding encoding : joining.source().video()) {
                tracks.add(participant.addTrack(true, encoding.ssrc(), encoding.repeatSsrc()));
            }
            int first = load.codec() == Codec.VP9 ? 0 : Load.HEIGHTS.length - tracks.size();
            for (int i = first; i < Load.HEIGHTS.length; i++) {
                layers.add(new VideoSender.Layer(
                        tracks.get(Math.min(i - first, tracks.size() - 1)),
                        load.codec() == Codec.VP9 ? i : 0,
                        Load.WIDTHS[i],
                        Load.HEIGHTS[i],
                        Load.BITS_PER_SECOND[i]));
            }
            VideoSender camera = new VideoSender(load.codec(), layers, Load.FRAMES_PER_SECOND, start, random, wall);
            cameras.put(participant.id(), camera);
            senders.add(camera);
            AudioSender microphone = new AudioSender(
                    participant.addTrack(false, joining.source().audioSsrc(), 0),
                    start + random.nextLong(SECOND / 50),
                    random,
                    wall);
            microphones.add(microphone);
            senders.add(microphone);
            return null;
        });
        senders.subList(senders.size() - 2, senders.size()).forEach(engine::add);
    }

    /** What receivers could have got since the load began, and what they got. */
    Delivery delivery() {
        List<Participant> audience = new ArrayList<>(participants);
        joined.forEach(sender -> audience.remove(sender.participant()));
        return engine.ask(() -> {
            long sound = 0;
            long video = 0;
            for (AudioSender microphone : microphones) {
                sound += microphone.offered();
            }
            for (VideoSender camera : cameras.values()) {
                video += camera.offered(load.maxHeight());
            }
            Totals received = Totals.NOTHING;
            for (Participant participant : audience) {
                received = received.plus(participant.totals());
            }
            return Delivery.of(sound * load.receivers(), video * load.receivers(), received);
        });
    }

    /** Everybody who only receives. */
    public List<Participant> receivers() {
        return receivers;
    }

    /** Everybody, those who have left too. */
    public List<Participant> participants() {
        return participants;
    }

    @Override
    public void close() throws IOException {
        senders.forEach(engine::remove);
        try {
            for (Room room : rooms) {
                room.close();
            }
        } finally {
            participants.removeAll(gone);
            engine.leave(participants);
        }
    }
}
