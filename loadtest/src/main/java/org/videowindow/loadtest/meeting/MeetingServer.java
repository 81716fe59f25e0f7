package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.MediaServer;
import org.videowindow.loadtest.sfu.Room;

/** A whole deployment as the server of a load: its rooms are meetings that guests may join, each given once. */
public final class MeetingServer implements MediaServer {
    private final HttpClient http;
    private final Deque<MeetingAddress> meetings;

    private MeetingServer(HttpClient http, List<MeetingAddress> meetings) {
        this.http = http;
        this.meetings = new ArrayDeque<>(meetings);
    }

    /**
     * A server of these meetings.
     *
     * @param links of meetings
     * @throws IOException when one is no such link, in one sentence
     */
    public static MeetingServer of(HttpClient http, List<String> links) throws IOException {
        List<MeetingAddress> meetings = new ArrayList<>();
        for (String link : links) {
            meetings.add(MeetingAddress.read(link));
        }
        return new MeetingServer(http, meetings);
    }

    /** Whether all of it seems to be on this machine. */
    public boolean isHere() throws IOException {
        for (MeetingAddress meeting : meetings) {
            if (!InetAddress.getByName(meeting.portal().getHost()).isLoopbackAddress()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Room room(Engine engine, String name, Codec codec) throws IOException {
        MeetingAddress meeting = meetings.poll();
        if (meeting == null) {
            throw new IOException("There are fewer meetings than rooms.");
        }
        return new MeetingRoom(http, engine, meeting, codec);
    }
}
