package org.videowindow.bridge.conference;

import java.util.List;
import org.videowindow.bridge.allocation.Reason;

/**
 * A conference as it was at one moment, for diagnosis.
 *
 * @param id id of the conference on this bridge
 * @param meetingId id the focus chose
 * @param name room the focus named, or {@code null}
 * @param worker index of its worker
 * @param ageMillis since it was created
 * @param speakers who speaks
 * @param endpoints its endpoints
 */
public record ConferenceSnapshot(
        String id,
        String meetingId,
        String name,
        int worker,
        long ageMillis,
        SpeakerOrder speakers,
        List<Endpoint> endpoints) {
    public ConferenceSnapshot {
        endpoints = List.copyOf(endpoints);
    }

    /** State of connectivity checks. */
    public enum IceState {
        /** No valid check yet. */
        WAITING,
        /** Checks succeed, none was nominated. */
        CHECKING,
        /** The client nominated a pair. */
        CONNECTED
    }

    /** State of the handshake. */
    public enum DtlsState {
        WAITING,
        RUNNING,
        CONNECTED,
        FAILED,
        CLOSED
    }

    /**
     * One endpoint.
     *
     * @param id its id
     * @param ice state of ICE
     * @param dtls state of DTLS
     * @param srtpProfile name of the protection profile, or {@code null} before the handshake
     * @param remoteAddress address and port media goes to, or {@code null}
     * @param ageMillis since it was created
     * @param silentMillis since its last valid check or packet
     * @param rttMillis round trip time by RTCP, -1 while unknown
     * @param packetsReceived from it
     * @param bytesReceived from it
     * @param packetsSent to it
     * @param bytesSent to it
     * @param transportReported packets sent to it that it has reported on, by transport-wide feedback
     * @param transportLost of these, packets that did not arrive
     * @param sources what it sends
     * @param forwardedSources names of the video sources it is sent
     * @param reception what it can take and what was chosen for it
     */
    public record Endpoint(
            String id,
            IceState ice,
            DtlsState dtls,
            String srtpProfile,
            String remoteAddress,
            long ageMillis,
            long silentMillis,
            double rttMillis,
            long packetsReceived,
            long bytesReceived,
            long packetsSent,
            long bytesSent,
            long transportReported,
            long transportLost,
            List<Source> sources,
            List<String> forwardedSources,
            Reception reception) {
        public Endpoint {
            sources = List.copyOf(sources);
            forwardedSources = List.copyOf(forwardedSources);
        }
    }

    /**
     * What an endpoint is sent, and why not more.
     *
     * @param estimateBps bits per second it is estimated to take
     * @param limitedBy what holds the estimate down now, in one word
     * @param lossShare share of the packets that got lost on the way to it of late, 0 to 1
     * @param wantedBps bits per second that all it wants would take
     * @param chosenBps bits per second of the layers it is sent
     * @param probes how often more was tried
     * @param failedProbes how often that was in vain
     * @param videos every video source of the others, those that matter most to it first
     */
    public record Reception(
            long estimateBps,
            String limitedBy,
            double lossShare,
            long wantedBps,
            long chosenBps,
            long probes,
            long failedProbes,
            List<Video> videos) {
        public Reception {
            videos = List.copyOf(videos);
        }
    }

    /**
     * A video source as one endpoint is meant to get it.
     *
     * @param name of the source
     * @param encoding index of the simulcast encoding, -1 for nothing
     * @param spatial highest spatial layer, -1 for nothing
     * @param temporal highest temporal layer, -1 for nothing
     * @param height lines of the picture, 0 for nothing or while unknown
     * @param framesPerSecond of the picture
     * @param bitsPerSecond what it costs
     * @param reason why this and not more
     */
    public record Video(
            String name,
            int encoding,
            int spatial,
            int temporal,
            int height,
            double framesPerSecond,
            long bitsPerSecond,
            Reason reason) {}

    /**
     * One source of an endpoint.
     *
     * @param name its name
     * @param kind sound or pictures
     * @param videoType what it shows
     * @param ssrc primary SSRC, 0 while it is not known
     * @param packets received
     * @param bytes received
     * @param lost packets that never came, retransmissions included
     * @param retransmitted packets that came by retransmission
     * @param jitterMillis RFC 3550 section 6.4.1
     * @param receivers who it is sent to
     */
    public record Source(
            String name,
            MediaKind kind,
            VideoType videoType,
            long ssrc,
            long packets,
            long bytes,
            long lost,
            long retransmitted,
            double jitterMillis,
            List<Receiver> receivers) {
        public Source {
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * One receiver of a source.
     *
     * @param endpoint id of the receiving endpoint
     * @param packets sent to it
     * @param bytes sent to it
     * @param lost packets it reports lost
     * @param fractionLost share lost in its last report, 0 to 1
     * @param retransmitted packets sent again to it
     * @param rttMillis round trip time by its reports, -1 while unknown
     */
    public record Receiver(
            String endpoint,
            long packets,
            long bytes,
            long lost,
            double fractionLost,
            long retransmitted,
            double rttMillis) {}
}
