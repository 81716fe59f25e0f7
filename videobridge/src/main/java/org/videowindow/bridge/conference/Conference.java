package org.videowindow.bridge.conference;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conference on this bridge, for the signalling side. Any thread may call; calls that answer or may fail wait for
 * the conference's worker (microseconds; at most a second, then {@link ConferenceException.Reason#OVERLOADED}).
 */
public interface Conference {
    /** Random id of this conference on this bridge: 16 hexadecimal digits. */
    String id();

    /** Id the focus chose for the meeting. */
    String meetingId();

    /** Name of the room, or {@code null}. */
    String name();

    /** Ids of the endpoints that are there now. */
    Set<String> endpointIds();

    /**
     * Sources the bridge itself uses as sender of RTCP feedback: {@code jvb-a0} and {@code jvb-v0}.
     */
    List<MediaSource> feedbackSources();

    /** Adds an endpoint. Refused: EXISTS, LIMIT, INVALID, UNKNOWN when the conference has expired. */
    EndpointTransport addEndpoint(String endpointId, EndpointSettings settings) throws ConferenceException;

    /**
     * Begins an ICE restart (RFC 8445 section 9): the credentials answered count from now on next to those the endpoint
     * has; media go on by the old until the client has nominated an address by the new. A restart asked for again
     * within a second answers as before. An endpoint that never was connected has nothing to restart: the answer is the
     * transport it has, with the generation it has. Refused: UNKNOWN, LIMIT when the last restart was a moment ago.
     */
    EndpointTransport restartIce(String endpointId) throws ConferenceException;

    /**
     * Sets what the endpoint signalled of its own transport. Repeating the same is harmless; so is what answers an ICE
     * restart that is over; other fingerprints after
     * the handshake has begun are INVALID.
     */
    void setRemoteTransport(String endpointId, RemoteTransport transport) throws ConferenceException;

    /**
     * Replaces the sources of the endpoint by these. All or nothing: CONFLICT when an SSRC or a name belongs to
     * another endpoint or to the bridge, LIMIT, INVALID.
     */
    void setSources(String endpointId, List<MediaSource> sources) throws ConferenceException;

    /** What the endpoint wants to receive; takes effect soon. An unknown endpoint is ignored. */
    void setReceiverConstraints(String endpointId, ReceiverConstraints constraints);

    /** One of the endpoint's own video sources shows something else now; others' and unknown ones are ignored. */
    void setVideoType(String endpointId, String sourceName, VideoType type);

    /** Removes the endpoint. One that is not there is UNKNOWN. */
    void expireEndpoint(String endpointId) throws ConferenceException;

    /** Removes the conference with all of its endpoints. Repeating it is harmless. */
    void expire();

    /** Whether the conference has been removed. */
    boolean isExpired();

    /** Whether {@code password} opens the bridge channel of this endpoint; takes the same time for any wrong one. */
    boolean admitsChannel(String endpointId, String password);

    /** Who speaks now. */
    SpeakerOrder speakers();

    /** Names of the video sources that are sent to the endpoint now; empty for an unknown one. */
    List<String> forwardedSources(String endpointId);

    /**
     * Where media of an endpoint flow.
     *
     * @param local address of the bridge
     * @param remote address of the client, as the bridge sees it
     */
    record MediaPath(InetSocketAddress local, InetSocketAddress remote) {}

    /** Where media of the endpoint flow now; empty before ICE has found a way. An unknown endpoint is UNKNOWN. */
    Optional<MediaPath> mediaPath(String endpointId) throws ConferenceException;

    /** Lets a tap see the packets of an endpoint, one at a time: EXISTS when there is one. UNKNOWN endpoint. */
    void tap(String endpointId, PacketTap tap) throws ConferenceException;

    /** Takes a tap away; nothing happens when it is not there. UNKNOWN endpoint. */
    void untap(String endpointId, PacketTap tap) throws ConferenceException;

    /**
     * What the endpoint was told last about its own video sources that are limited: largest height wanted by source
     * name, 0 when nobody watches.
     */
    Map<String, Integer> senderConstraints(String endpointId);

    /** Which sources are on which SSRCs to the endpoint; empty for one that does not map sources. */
    List<MappedSource> mappedSources(String endpointId, MediaKind kind);

    /** The state of everything, for diagnosis. */
    ConferenceSnapshot snapshot() throws ConferenceException;
}
