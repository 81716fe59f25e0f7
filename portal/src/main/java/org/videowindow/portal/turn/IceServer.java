package org.videowindow.portal.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry for a browser's RTCPeerConnection: member names as in RTCIceServer (W3C WebRTC, 4.2.4). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {}
